/**
 * The classifier that is explained. {@link dev.quicklime.model.Classifier} is the one interface
 * that is open for others to implement; a classifier owns the batches it hands out and whatever
 * native memory its model takes, and may be used by several threads at once.
 */
@NullMarked
package dev.quicklime.model;

import org.jspecify.annotations.NullMarked;
