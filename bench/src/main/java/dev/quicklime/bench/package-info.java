/**
 * Benchmarks of the hot paths, each beside a yardstick that it is measured against in the same run.
 * A benchmark's state owns its memory for one trial; JMH's worker threads are the only callers.
 */
@NullMarked
package dev.quicklime.bench;

import org.jspecify.annotations.NullMarked;
