/**
 * Benchmarks of the surrogate's arithmetic, in the engine's package so that they reach its parts. A
 * benchmark's state owns its memory for one trial; JMH's worker threads are the only callers.
 */
@NullMarked
package dev.quicklime.surrogate;

import org.jspecify.annotations.NullMarked;
