/**
 * Kernels that sum weights and scores over the rows of a matrix of masks, by columns and pairs of
 * columns, and the transposition that they need. All arrays are the caller's, scratch included.
 */
@NullMarked
package dev.quicklime.internal.kernel.sums;

import org.jspecify.annotations.NullMarked;
