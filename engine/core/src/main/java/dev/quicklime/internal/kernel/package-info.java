/**
 * The hot loops, and which of their two forms this process runs. A kernel is an interface in the
 * loop's own words with two implementations beside it: a scalar one, the plainest correct loop,
 * which is the specification, and one on the Vector API. {@link KernelSet} hands them out, and
 * nothing but its vector half touches {@code jdk.incubator.vector}. Kernels own no memory, hold no
 * state and may be called from any thread; callers check lengths, kernels only assert them.
 */
@NullMarked
package dev.quicklime.internal.kernel;

import org.jspecify.annotations.NullMarked;
