package dev.quicklime.tabular;

/** How the rows around the explained one are drawn. */
public enum TabularDesign {
  /**
   * Rows independent of each other, as LIME draws them. The explained row itself takes part in the
   * fit.
   */
  GAUSSIAN,
  /**
   * The same, each row followed by its mirror image: ε, then −ε. What bends symmetrically around
   * the explained row then leaves the coefficients alone. Standard errors are those of pairs.
   */
  ANTITHETIC,
  /**
   * Points of a Sobol sequence that was shifted at random, each followed by its mirror image. They
   * cover the cloud more evenly than chance does, so that standard errors, which are still those of
   * independent pairs, are larger than the errors are. For up to 1000 features.
   */
  SOBOL;

  /** Whether rows come in pairs. */
  boolean paired() {
    return this != GAUSSIAN;
  }
}
