/**
 * Shapley values as a weighted least squares fit under the constraint that they add up to what the
 * whole picture scores above the empty one. Results are immutable and may be read by any thread;
 * arrays that they give are not to be written to. All memory is on the heap.
 */
@NullMarked
package dev.quicklime.internal.fit.shapley;

import org.jspecify.annotations.NullMarked;
