/**
 * Benchmarks of how pictures are cut into superpixels, in the package of what they measure so that
 * they see what it keeps to itself. A benchmark's state owns its memory for one trial; JMH's worker
 * threads are the only callers.
 */
@NullMarked
package dev.quicklime.segment;

import org.jspecify.annotations.NullMarked;
