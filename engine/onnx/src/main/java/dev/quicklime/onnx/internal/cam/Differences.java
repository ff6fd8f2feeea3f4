package dev.quicklime.onnx.internal.cam;

import dev.quicklime.QuicklimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * Derivatives of values of a network's scores with respect to a shift of a whole map, by central
 * differences: (v(A + ε) − v(A − ε)) / 2ε, where ε is added to all places of one map. That is the
 * sum of the gradient over the map's places. Where pooling and a linear layer are all that follows,
 * it is exact for any ε but for rounding, so that a large one is best; elsewhere a smaller one may
 * be. The step is therefore tried on some maps, from the mean size of a map downwards, and each
 * compared with a quarter of it: those two are taken that differ least.
 *
 * @param model what messages call it
 * @param layer what messages call it
 * @param channels number of maps, ≥ 1
 */
public record Differences(String model, String layer, int channels) {

  /** Maps on which steps are tried, spread evenly over all. */
  private static final int TRIED = 64;

  private static final int STEPS = 6;
  private static final double SHRINK = 0.25;

  /** Below this share rounding is all that two steps differ by, and the larger one is better. */
  private static final double ROUNDING = 1e-4;

  /** From this share on a reader is told. */
  private static final double TOLD = 1e-3;

  /** What two steps may differ by; α of 1 % noise correlate with the true ones by .99995. */
  private static final double MOST = 0.02;

  /**
   * A linear form of a change of scores, which is what a value changes by at first order.
   *
   * @param factors one for each class
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next, never compared.
  public record Form(double[] factors) {

    /** A class's score itself. */
    public static Form score(int index, int classes) {
      double[] factors = new double[classes];
      factors[index] = 1;
      return new Form(factors);
    }

    /** The softmax of a class, of which the derivative by score j is p_c (1[j = c] − p_j). */
    public static Form probability(int index, double[] scores) {
      double largest = Arrays.stream(scores).max().orElse(0);
      double[] factors = Arrays.stream(scores).map(score -> Math.exp(score - largest)).toArray();
      double sum = Arrays.stream(factors).sum();
      double own = factors[index] / sum;
      for (int j = 0; j < factors.length; j++) {
        factors[j] = -own * factors[j] / sum;
      }
      // What is left of 1, added up from the others: next to 1 it would be rounded away.
      double rest = 0;
      for (int j = 0; j < factors.length; j++) {
        rest -= j == index ? 0 : factors[j];
      }
      factors[index] = rest;
      return new Form(factors);
    }

    double of(double[] scores, int above, int below) {
      double value = 0;
      for (int c = 0; c < factors.length; c++) {
        if (factors[c] != 0) {
          value += factors[c] * (scores[above + c] - scores[below + c]);
        }
      }
      return value;
    }
  }

  /**
   * Derivatives of one picture.
   *
   * @param sums for each form one of each map
   * @param error the share of their size by which two steps differed on some maps
   * @param notices what a reader should know
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next, never compared.
  public record Found(double[][] sums, double error, List<String> notices) {}

  /**
   * Finds the derivatives of all maps.
   *
   * @param rows of the picture, filled with its activation
   * @param size typical of a map's mean, > 0
   * @throws QuicklimeException if no two steps agree
   * @throws CancellationException if the thread was interrupted
   */
  Found of(Rows rows, List<Form> forms, double size) {
    int[] all = IntStream.range(0, channels).toArray();
    int[] tried =
        IntStream.range(0, Math.min(TRIED, channels))
            .map(i -> (int) ((long) i * channels / Math.min(TRIED, channels)))
            .toArray();
    double step = size;
    double[][] larger = sums(rows, forms, tried, step);
    double best = size;
    double error = Double.POSITIVE_INFINITY;
    for (int i = 1; i < STEPS && error > ROUNDING; i++) {
      step *= SHRINK;
      double[][] smaller = sums(rows, forms, tried, step);
      double difference = difference(larger, smaller);
      if (difference < error) {
        error = difference;
        best = difference <= ROUNDING ? step / SHRINK : step;
      }
      larger = smaller;
    }
    if (!(error <= MOST)) {
      throw new QuicklimeException(
          String.format(
              Locale.ROOT,
              "model %s: what follows layer %s is not smooth enough for its slope to be found by"
                  + " differences, as steps of one size and a quarter of it must agree within %.0f"
                  + " %%, got %.2g %%: take a layer nearer to the scores, a file that is not"
                  + " quantized, or the network as TorchScript, which has gradients",
              model,
              layer,
              100 * MOST,
              100 * error));
    }
    List<String> notices =
        error > TOLD
            ? List.of(
                String.format(
                    Locale.ROOT,
                    "weights of layer %s were found by differences, which is exact to about %.1g %%"
                        + " of their size here",
                    layer,
                    100 * error))
            : List.of();
    return new Found(sums(rows, forms, all, best), error, notices);
  }

  /** The largest difference of any form, as a share of its size. */
  private static double difference(double[][] one, double[][] other) {
    double largest = 0;
    for (int form = 0; form < one.length; form++) {
      double apart = 0;
      double size = 0;
      for (int k = 0; k < one[form].length; k++) {
        apart += Math.pow(one[form][k] - other[form][k], 2);
        size += Math.pow(other[form][k], 2);
      }
      // Where nothing depends on the maps, nothing differs.
      largest = Math.max(largest, apart == 0 ? 0 : Math.sqrt(apart / size));
    }
    return largest;
  }

  private static double[][] sums(Rows rows, List<Form> forms, int[] maps, double step) {
    double[][] sums = new double[forms.size()][maps.length];
    // The step that single precision really takes differs from map to map and place to place; its
    // mean is this one.
    float by = (float) step;
    int count = rows.count();
    List<Integer> passes = new ArrayList<>();
    for (int from = 0; from < 2 * maps.length; from += count) {
      passes.add(from);
    }
    double[] held = new double[0];
    for (int from : passes) {
      if (Thread.interrupted()) {
        throw new CancellationException("interrupted while differences were computed");
      }
      int used = Math.min(count, 2 * maps.length - from);
      for (int row = 0; row < used; row++) {
        int task = from + row;
        rows.shift(row, maps[task / 2], task % 2 == 0 ? by : -by);
      }
      double[] scores = rows.scores();
      for (int row = 0; row < used; row++) {
        rows.reset(row, maps[(from + row) / 2]);
      }
      int classes = scores.length / count;
      if (count == 1) {
        // Both rows of a map come one after the other.
        if (from % 2 == 0) {
          held = scores;
          continue;
        }
        double[] both = Arrays.copyOf(held, 2 * classes);
        System.arraycopy(scores, 0, both, classes, classes);
        add(sums, forms, both, 0, classes, from / 2, by);
      } else {
        for (int row = 0; row + 1 < used; row += 2) {
          add(sums, forms, scores, row * classes, (row + 1) * classes, (from + row) / 2, by);
        }
      }
    }
    return sums;
  }

  private static void add(
      double[][] sums, List<Form> forms, double[] scores, int above, int below, int map, float by) {
    for (int form = 0; form < sums.length; form++) {
      sums[form][map] = forms.get(form).of(scores, above, below) / (2.0 * by);
    }
  }
}
