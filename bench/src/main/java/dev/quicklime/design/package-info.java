/**
 * Benchmarks of how masks are drawn, in the package of what they measure so that they see what it
 * keeps to itself. A benchmark's state owns its memory for one trial; JMH's worker threads are the
 * only callers.
 */
@NullMarked
package dev.quicklime.design;

import org.jspecify.annotations.NullMarked;
