/**
 * NumPy's array files: reading {@code .npy}, writing {@code .npz}. Arrays live on the heap; only
 * {@link dev.quicklime.npy.NpzWriter} holds something to close, its file, and belongs to one thread
 * at a time.
 */
@NullMarked
package dev.quicklime.npy;

import org.jspecify.annotations.NullMarked;
