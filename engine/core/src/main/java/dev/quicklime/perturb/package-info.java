/**
 * Perturbed pictures: what replaces a superpixel that is not shown, and the composing of shown and
 * filled pixels into a classifier's batch. A {@link dev.quicklime.perturb.Compositor} owns the
 * normalised pictures, off-heap, and must be closed; all else is on the heap and immutable. Several
 * threads may compose at once; the batch they write to belongs to the classifier.
 */
@NullMarked
package dev.quicklime.perturb;

import org.jspecify.annotations.NullMarked;
