/**
 * Trained weights as other programs save them: a table of named tensors, of which nothing is
 * believed before it was checked. An open file owns its mapping or its descriptor and must be
 * closed; one thread at a time may read it. What is read goes into memory that the caller owns.
 */
@NullMarked
package dev.quicklime.torch.weights;

import org.jspecify.annotations.NullMarked;
