package dev.quicklime.surrogate;

/**
 * An interpretable model and its hyper-parameters, to be fitted to masks, weights and scores by
 * {@link SurrogateFitter}.
 */
public sealed interface Surrogate permits Lasso {

  /** Whether the model has an intercept, which is never penalised. */
  boolean intercept();
}
