package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** How far a fit's coefficients may be off for chance in the samples, or why nothing says so. */
public sealed interface Intervals permits Intervals.None, Intervals.Margins {

  /** Where standard errors come from. */
  enum Kind {
    /**
     * The sandwich over blocks, a mask and its complement or a row alone, that Bell and McCaffrey
     * correct for bias ("Bias reduction in standard errors for linear regression with multi-stage
     * samples", Survey Methodology 28, 2002), which is MacKinnon and White's second one where rows
     * are alone. It holds whatever the variance of the residuals depends on. Degrees of freedom are
     * Satterthwaite's.
     */
    SANDWICH,
    /**
     * Of an estimate that was completed over masks that nobody scored: the sandwich of what its
     * model leaves of the scores, and beside it what these masks leave to chance.
     */
    COMPLETED
  }

  /**
   * No theory gives intervals, or too little is there to tell.
   *
   * @param reason in a few words that go on a sentence, as "the same samples chose the superpixels"
   */
  record None(String reason) implements Intervals {

    /** Refuses what is missing. */
    public None {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * Intervals around every coefficient.
   *
   * @param kind where the standard errors come from
   * @param standardErrors d numbers ≥ 0, in units of the score
   * @param freedom for each of them the degrees of freedom of Student's distribution that gives its
   *     interval, positive, infinite for a normal one
   */
  record Margins(Kind kind, List<Double> standardErrors, List<Double> freedom)
      implements Intervals {

    /**
     * Copies the lists.
     *
     * @throws InvalidInputException if there are not as many degrees of freedom as errors
     */
    public Margins {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(standardErrors, "standardErrors");
      Objects.requireNonNull(freedom, "freedom");
      standardErrors = List.copyOf(standardErrors);
      freedom = List.copyOf(freedom);
      if (freedom.size() != standardErrors.size()) {
        throw new InvalidInputException(
            "degrees of freedom must be as many as standard errors, %s, got %s"
                .formatted(standardErrors.size(), freedom.size()));
      }
    }

    /**
     * How far a coefficient's 95 % interval reaches to either side of it, in units of the score.
     * Computed at each call, in some ten microseconds.
     */
    public double halfWidth(int coefficient) {
      return StudentT.quantile95(freedom.get(coefficient)) * standardErrors.get(coefficient);
    }

    /**
     * How far a coefficient's interval reaches to either side of it if all d intervals together are
     * to hold in 95 of 100 cases: each then has a level of .95^(1/d), which is enough however the
     * errors depend on each other (Šidák, "Rectangular confidence regions for the means of
     * multivariate normal distributions", Journal of the American Statistical Association 62,
     * 1967), and hardly more than enough where masks make them nearly independent. The largest of
     * these half-widths is what the largest error stays under. In units of the score; computed at
     * each call.
     */
    public double simultaneous(int coefficient) {
      double level = Math.pow(0.95, 1.0 / standardErrors.size());
      return StudentT.quantile(freedom.get(coefficient), level) * standardErrors.get(coefficient);
    }

    /** The same for all coefficients, d numbers. */
    public List<Double> halfWidths() {
      return IntStream.range(0, standardErrors.size()).mapToObj(this::halfWidth).toList();
    }
  }
}
