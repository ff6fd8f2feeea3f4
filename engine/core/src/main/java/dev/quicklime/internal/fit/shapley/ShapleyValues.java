package dev.quicklime.internal.fit.shapley;

import org.jspecify.annotations.Nullable;

/**
 * Shapley values of one class, in the units of the sums that they come from.
 *
 * @param values d numbers, whose sum is what the whole picture scores above the empty one
 * @param empty score of the empty picture
 * @param errors standard errors of the values, or nothing
 * @param freedom degrees of freedom of these, or nothing
 * @param without why there are no errors, or null
 * @param completed whether a model that bends had part in them
 * @param determined whether the masks determine them all
 * @param r2 weighted R² over the masks that carry weight; null where their scores do not vary
 */
@SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next, never compared.
public record ShapleyValues(
    double[] values,
    double empty,
    double[] errors,
    double[] freedom,
    @Nullable String without,
    boolean completed,
    boolean determined,
    @Nullable Double r2) {}
