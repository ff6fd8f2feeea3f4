/**
 * The classifier that is explained. {@link dev.quicklime.model.Classifier} is open for others to
 * implement, and so is {@link dev.quicklime.model.RowModel} for rows of a table; they own the
 * batches they hand out and whatever native memory their model takes, and may be used by several
 * threads at once.
 */
@NullMarked
package dev.quicklime.model;

import org.jspecify.annotations.NullMarked;
