/**
 * Kernels that compose perturbed pictures: they spread a row of masks over the elements of a
 * picture, and take each element from the picture or the fill. They write into memory that is their
 * caller's, and hold no state.
 */
@NullMarked
package dev.quicklime.internal.kernel.compose;

import org.jspecify.annotations.NullMarked;
