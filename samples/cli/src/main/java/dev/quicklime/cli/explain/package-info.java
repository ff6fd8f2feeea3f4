/**
 * Explains pictures and writes a report of each. The command owns the model until it returns; for
 * one thread.
 */
@NullMarked
package dev.quicklime.cli.explain;

import org.jspecify.annotations.NullMarked;
