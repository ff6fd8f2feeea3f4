/**
 * Benchmarks of what is drawn around rows of tables, in the engine's package so that they reach its
 * parts. A benchmark's state owns its memory for one trial; JMH's worker threads are the only
 * callers.
 */
@NullMarked
package dev.quicklime.tabular;

import org.jspecify.annotations.NullMarked;
