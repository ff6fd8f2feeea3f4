/**
 * Writes explanations for other programs: JSON, and the matrices of a run for NumPy, which can be
 * read again. Everything is plain heap data that belongs to the caller; all methods may be called
 * from any thread, but no two may write to one file.
 */
@NullMarked
package dev.quicklime.files;

import org.jspecify.annotations.NullMarked;
