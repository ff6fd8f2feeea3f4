package dev.quicklime.report.statistics;

import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.Samples;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.locality.Locality;
import dev.quicklime.surrogate.LinearFit;

/**
 * The numbers of an explanation's n perturbed samples, in their order; the original, row 0, is left
 * out.
 */
public final class SampleNumbers {

  private static final int BYTE = 8;

  private final Explanation explanation;
  private final MaskMatrix masks;
  private final int samples;

  /**
   * Numbers of an explanation.
   *
   * @throws InvalidInputException if it has no perturbed sample
   */
  public SampleNumbers(Explanation explanation) {
    this.explanation = explanation;
    this.masks = explanation.samples().masks();
    this.samples = masks.rows() - 1;
    if (samples < 1) {
      throw new InvalidInputException("an explanation must have perturbed samples, got none");
    }
  }

  /** Values of the target for the class at a position among the explained ones. */
  public double[] scores(int position) {
    Samples all = explanation.samples();
    double[] scores = new double[samples];
    for (int i = 0; i < samples; i++) {
      scores[i] = all.score(i + 1, position);
    }
    return scores;
  }

  /**
   * Squared residuals (y − b − zβ)² of a class's fit, not weighted. Where a design completes its
   * fit over rows that nobody scored these are the residuals of the scored ones.
   */
  public double[] losses(int position) {
    LinearFit fit = explanation.classes().get(position).fit();
    double[][] sums = sums(fit);
    double[] losses = scores(position);
    for (int i = 0; i < samples; i++) {
      double predicted = fit.intercept();
      for (int group = 0; group < sums.length; group++) {
        long word = masks.word(i + 1, group / BYTE);
        predicted += sums[group][(int) (word >>> (BYTE * (group % BYTE))) & 0xff];
      }
      double residual = losses[i] - predicted;
      losses[i] = residual * residual;
    }
    return losses;
  }

  /** Sums of coefficients for each pattern of eight bits: a tenth of the time of bit by bit. */
  private static double[][] sums(LinearFit fit) {
    int columns = fit.coefficients().size();
    double[][] sums = new double[(columns + BYTE - 1) / BYTE][1 << BYTE];
    for (int group = 0; group < sums.length; group++) {
      for (int bit = 0; bit < BYTE && group * BYTE + bit < columns; bit++) {
        double coefficient = fit.coefficients().get(group * BYTE + bit);
        for (int pattern = 0; pattern < 1 << bit; pattern++) {
          sums[group][pattern | 1 << bit] = sums[group][pattern] + coefficient;
        }
      }
    }
    return sums;
  }

  /** Likeness to the original by the locality, 0 to 1, even where a design weighs otherwise. */
  public double[] similarities() {
    Locality locality = explanation.provenance().options().locality();
    int columns = explanation.segments().count();
    double[] similarities = new double[samples];
    for (int i = 0; i < samples; i++) {
      similarities[i] = locality.weight(masks.countShown(i + 1), columns);
    }
    return similarities;
  }
}
