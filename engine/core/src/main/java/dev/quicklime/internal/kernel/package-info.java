/**
 * The hot loops. Each is an interface in the loop's own words with two implementations: a scalar
 * one, the plainest correct loop, which is the specification, and one on the Vector API. Nothing
 * else in the engine uses {@code jdk.incubator.vector}. Kernels own no memory, hold no state and
 * may be called from any thread; callers check lengths, kernels only assert them.
 */
@NullMarked
package dev.quicklime.internal.kernel;

import org.jspecify.annotations.NullMarked;
