/**
 * Fits that choose columns first and weigh them then: along the Lasso path, forward, the strongest
 * of another fit, or the best subset by branch and bound with its proof. A search keeps its memory
 * for the next one and is for one thread. All memory is on the heap.
 */
@NullMarked
package dev.quicklime.internal.fit.subset;

import org.jspecify.annotations.NullMarked;
