/**
 * The interpretable model fitted to masks and scores. One weighted Gram matrix serves every
 * explained class; surrogates are records of hyper-parameters, fits and paths are immutable
 * results. All memory is on the heap and belongs to these; what is public may be called from any
 * thread.
 */
@NullMarked
package dev.quicklime.surrogate;

import org.jspecify.annotations.NullMarked;
