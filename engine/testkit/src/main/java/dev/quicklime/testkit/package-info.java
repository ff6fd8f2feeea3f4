/**
 * Networks with random weights, for tests and benchmarks alone: miniatures of the usual families,
 * authored as TorchScript, and whole residual networks. Files belong to the caller; native memory
 * is held during one call.
 */
@NullMarked
package dev.quicklime.testkit;

import org.jspecify.annotations.NullMarked;
