/**
 * The hot loops, each as a plain scalar reference and as a twin on the Vector API; the only users
 * of {@code jdk.incubator.vector}. Kernels own no memory: they read and write what they are given.
 * Stateless, hence safe for any number of threads.
 */
@NullMarked
package dev.quicklime.internal.kernel;

import org.jspecify.annotations.NullMarked;
