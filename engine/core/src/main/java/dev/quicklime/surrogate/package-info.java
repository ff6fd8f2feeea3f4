/**
 * The interpretable model fitted to masks, or rows of real numbers, and scores: surrogates are
 * records of hyper-parameters, {@link dev.quicklime.surrogate.SurrogateFitter} fits them to samples
 * that are summed up once, and a fit carries its intervals. Everything is immutable heap data that
 * belongs to its reader, and every method may be called from any thread. How a fit is found is in
 * {@code dev.quicklime.internal.fit}.
 */
@NullMarked
package dev.quicklime.surrogate;

import org.jspecify.annotations.NullMarked;
