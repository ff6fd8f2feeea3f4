/**
 * Kernels on packed rows of masks: drawing them, and looking numbers up by how many superpixels
 * they show. They hold no state; that of a generator is its caller's.
 */
@NullMarked
package dev.quicklime.internal.kernel.masks;

import org.jspecify.annotations.NullMarked;
