package dev.quicklime.surrogate;

/**
 * An interpretable model and its hyper-parameters, to be fitted to masks, weights and scores by
 * {@link SurrogateFitter}. In all of them z is a row of the masks, w its weight, y the score and b
 * an intercept that is never penalised.
 */
public sealed interface Surrogate
    permits Lasso,
        ElasticNet,
        Ridge,
        LeastSquares,
        KLasso,
        ForwardSelection,
        BestSubset,
        Strongest,
        L1Ball,
        L2Ball,
        Shapley {

  /** Whether the model has an intercept, which is never penalised. */
  boolean intercept();

  /** The same model with or without an intercept; b = 0 where there is none. */
  Surrogate withIntercept(boolean fitted);
}
