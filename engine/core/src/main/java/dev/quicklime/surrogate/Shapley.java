package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;

/**
 * Shapley values of the superpixels: what showing one adds to the score, as the mean over all
 * orders in which all of them could be shown,
 *
 * <pre>φⱼ = Σ_{S∌j} |S|!(d − 1 − |S|)!/d! · (f(S ∪ j) − f(S))</pre>
 *
 * with f(S) the score of the picture that shows S. They are the weighted least squares fit of
 * Kernel SHAP (Lundberg and Lee, "A unified approach to interpreting model predictions", NeurIPS
 * 2017): over β, under the constraint Σβ = f(all) − f(none), the minimum of
 *
 * <pre>Σ_z w(|z|) (f(z) − f(none) − zβ)²,  w(k) ∝ (d − 1)/(C(d, k)·k·(d − k)),  0 &lt; k &lt; d
 * </pre>
 *
 * so that the constraint, which SHAP calls efficiency, holds at any number of samples. No locality
 * weighs samples: how much each counts follows from how many superpixels it shows and how its
 * design draws that number. A {@link dev.quicklime.design.Leverage} design estimates them, where a
 * model that bends is learnt from the samples and its own Shapley values are known almost exactly;
 * an {@link dev.quicklime.design.Exhaustive} one gives them exactly.
 */
public record Shapley() implements Surrogate {

  /** Always: the score of the picture that shows nothing. */
  @Override
  public boolean intercept() {
    return true;
  }

  /**
   * The same.
   *
   * @throws InvalidInputException for a fit without an intercept
   */
  @Override
  public Shapley withIntercept(boolean fitted) {
    if (!fitted) {
      throw new InvalidInputException(
          "Shapley values start from the score of the empty picture, which is their intercept, and"
              + " cannot be fitted without one");
    }
    return this;
  }
}
