/** Benchmarks of composing, in the engine's own package, so that they reach both of its kernels. */
@NullMarked
package dev.quicklime.perturb;

import org.jspecify.annotations.NullMarked;
