/**
 * Kernels on the small dense matrices of a fit: combinations of rows, factors, and passes of
 * coordinate descent. All arrays are the caller's.
 */
@NullMarked
package dev.quicklime.internal.kernel.matrix;

import org.jspecify.annotations.NullMarked;
