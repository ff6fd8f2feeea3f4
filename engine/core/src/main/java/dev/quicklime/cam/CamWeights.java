package dev.quicklime.cam;

import dev.quicklime.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Weights and sums of one picture's maps after Selvaraju et al., "Grad-CAM", ICCV 2017: α is the
 * sum of a map's gradients divided by Z, and the result is the sum of the maps times their α, with
 * what is negative set to 0. Z is the number of places, or what makes the α add up to 1.
 *
 * @param channels number of maps K
 * @param frames T
 * @param places of one frame
 */
public record CamWeights(int channels, int frames, int places) {

  /**
   * Checks the numbers.
   *
   * @throws InvalidInputException if a number is outside of its range
   */
  public CamWeights {
    if (channels < 1 || frames < 1 || places < 1) {
      throw new InvalidInputException(
          "channels, frames and places must be at least 1, got %s, %s and %s"
              .formatted(channels, frames, places));
    }
  }

  /** Under this share of the sum of their sizes a sum of weights is rounding. */
  private static final double LEAST_SUM = 1e-12;

  /** Under this one the rounding of gradients, of 24 bits, shows in what is divided by it. */
  private static final double UNSURE_SUM = 1e-4;

  /**
   * Weights and what is to be said of them.
   *
   * @param alphas for each group of frames one of each map; copied, and a copy
   * @param notices what a reader should know
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next, never compared.
  public record Alphas(double[] alphas, List<String> notices) {

    /** Copies both. */
    public Alphas {
      Objects.requireNonNull(alphas, "alphas");
      Objects.requireNonNull(notices, "notices");
      alphas = alphas.clone();
      notices = List.copyOf(notices);
    }

    @Override
    public double[] alphas() {
      return alphas.clone();
    }
  }

  /**
   * The weights of gradients.
   *
   * @param gradients [K, T, places] from an offset on
   */
  public Alphas alphas(
      float[] gradients, int offset, AlphaNormalization normalization, FrameWeights weights) {
    int groups = weights == FrameWeights.EACH_FRAME ? frames : 1;
    int length = frames / groups * places;
    double[] alphas = new double[groups * channels];
    List<String> notices = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      double sum = 0;
      double size = 0;
      for (int k = 0; k < channels; k++) {
        int from = offset + (k * groups + group) * length;
        double alpha = 0;
        for (int i = from; i < from + length; i++) {
          alpha += gradients[i];
        }
        alphas[group * channels + k] = alpha;
        sum += alpha;
        size += Math.abs(alpha);
      }
      double divisor = length;
      if (normalization == AlphaNormalization.SUM_TO_ONE) {
        if (sum > LEAST_SUM * size) {
          divisor = sum;
          if (sum < UNSURE_SUM * size) {
            notices.add(unsure(group, groups, sum / size));
          }
        } else {
          notices.add(notThatForm(group, groups, sum, size));
        }
      }
      for (int k = group * channels; k < (group + 1) * channels; k++) {
        alphas[k] /= divisor;
      }
    }
    return new Alphas(alphas, notices);
  }

  private static String unsure(int group, int groups, double share) {
    return String.format(
        Locale.ROOT,
        "the weights%s all but cancel each other: divided by their sum, %.2g of the sum of their"
            + " sizes, they are mostly rounding",
        groups > 1 ? " of frame " + group : "",
        share);
  }

  private static String notThatForm(int group, int groups, double sum, double size) {
    return String.format(
        Locale.ROOT,
        "the weights%s cannot be made to add up to 1, as their sum is %.2g of the sum of their"
            + " sizes: they are the mean gradients",
        groups > 1 ? " of frame " + group : "",
        size > 0 ? sum / size : 0);
  }

  /**
   * The weighted sum of maps, what is negative set to 0.
   *
   * @param activation [K, T, places] from an offset on
   * @param alphas for all frames, or for each of them, one of each map
   */
  public float[] map(float[] activation, int offset, double[] alphas) {
    double[] sums = new double[frames * places];
    boolean each = alphas.length > channels;
    for (int k = 0; k < channels; k++) {
      for (int frame = 0; frame < frames; frame++) {
        double alpha = alphas[each ? frame * channels + k : k];
        int from = offset + (k * frames + frame) * places;
        for (int i = 0; i < places; i++) {
          sums[frame * places + i] += alpha * activation[from + i];
        }
      }
    }
    float[] map = new float[sums.length];
    for (int i = 0; i < map.length; i++) {
      map[i] = (float) Math.max(0, sums[i]);
    }
    return map;
  }
}
