package dev.quicklime.tabular;

import dev.quicklime.model.ScoredClass;

/**
 * What each feature does to one class.
 *
 * @param scored the class and its scores for the explained row
 * @param value the target at the explained row: what the surrogate approximates
 * @param fit the surrogate
 */
public record TabularClass(ScoredClass scored, double value, TabularFit fit) {}
