/**
 * Fits with an ℓ1 penalty: coordinate descent, the exact path from the largest α down, and the
 * rules that choose an α. Solvers keep their memory for the next problem and are for one thread;
 * paths are immutable. All memory is on the heap.
 */
@NullMarked
package dev.quicklime.internal.fit.lasso;

import org.jspecify.annotations.NullMarked;
