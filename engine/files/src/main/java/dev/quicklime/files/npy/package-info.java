/**
 * NumPy's array files: reading and writing {@code .npy} and {@code .npz}. Arrays live on the heap;
 * only {@link dev.quicklime.files.npy.NpzWriter} and {@link dev.quicklime.files.npy.NpzReader} hold
 * something to close, a file, and belong to one thread at a time.
 */
@NullMarked
package dev.quicklime.files.npy;

import org.jspecify.annotations.NullMarked;
