/**
 * Perturbed pictures: what replaces a superpixel that is not shown, and the composing of shown and
 * filled pixels into a classifier's batch. All planes are on the heap, immutable once made and
 * shared between threads; the batch they are written to belongs to the classifier.
 */
@NullMarked
package dev.quicklime.perturb;

import org.jspecify.annotations.NullMarked;
