/**
 * NumPy's array files: reading and writing {@code .npy} and {@code .npz}. Arrays live on the heap;
 * only {@link dev.quicklime.npy.NpzWriter} and {@link dev.quicklime.npy.NpzReader} hold something
 * to close, a file, and belong to one thread at a time.
 */
@NullMarked
package dev.quicklime.npy;

import org.jspecify.annotations.NullMarked;
