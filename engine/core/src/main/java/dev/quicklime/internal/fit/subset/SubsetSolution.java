package dev.quicklime.internal.fit.subset;

/**
 * A subset of at most k columns, its least-squares coefficients, and what is proved about it.
 * Immutable but for its arrays, which are the reader's.
 *
 * @param columns the chosen columns, ascending
 * @param coefficients d of them, 0 where a column is not chosen
 * @param residual weighted mean square of the residuals
 * @param lowestResidual no subset of as many columns has a lower one, ≤ residual
 * @param gap the difference of the two as a share of the residual, 0 to 1; 0 where the subset is
 *     proved to be the best
 * @param nodes parts of the search
 * @param stopped whether the search reached its limit before it was over
 */
@SuppressWarnings("ArrayRecordComponent")
public record SubsetSolution(
    int[] columns,
    double[] coefficients,
    double residual,
    double lowestResidual,
    double gap,
    long nodes,
    boolean stopped) {}
