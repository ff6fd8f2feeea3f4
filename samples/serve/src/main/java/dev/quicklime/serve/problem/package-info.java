/**
 * What a request is refused or given up for, and which status says so. Plain values, for all
 * threads.
 */
@NullMarked
package dev.quicklime.serve.problem;

import org.jspecify.annotations.NullMarked;
