package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.fit.shapley.ShapleyFit;
import dev.quicklime.internal.fit.shapley.ShapleyValues;
import dev.quicklime.internal.fit.sums.MaskColumns;
import dev.quicklime.internal.fit.sums.SampleSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Fits {@link Shapley} values, in the units of the scores. */
final class ShapleyFits {

  private ShapleyFits() {}

  static List<LinearFit> of(FitInput input) {
    SampleSums sums = input.sums();
    if (!(sums.columns() instanceof MaskColumns) || input.isCompletion()) {
      throw new InvalidInputException(
          "Shapley values are fitted to scored masks of a picture, got other samples");
    }
    List<ShapleyValues> found = ShapleyFit.of(sums);
    List<String> notices = new ArrayList<>();
    MaskMatrix masks = sums.masks();
    int d = masks.columns();
    if (d < Integer.SIZE - 1 && masks.rows() >= 1 << d && !MaskColumns.everyMaskOnce(masks)) {
      notices.add(
          "%s superpixels have %s masks, no more than there are samples: an exhaustive design gives their Shapley values exactly"
              .formatted(d, 1 << d));
    }
    List<LinearFit> fits = new ArrayList<>();
    for (int c = 0; c < found.size(); c++) {
      fits.add(inUnits(found.get(c), sums.scoreExponent(c), notices));
    }
    return fits;
  }

  private static LinearFit inUnits(ShapleyValues found, int exponent, List<String> known) {
    String without = found.without();
    Intervals intervals =
        without != null
            ? new Intervals.None(without)
            : new Intervals.Margins(
                found.completed() ? Intervals.Kind.COMPLETED : Intervals.Kind.SANDWICH,
                list(found.errors(), exponent),
                Arrays.stream(found.freedom()).boxed().toList());
    List<String> notices = new ArrayList<>(known);
    if (!found.determined()) {
      notices.add(
          "there are too few samples to tell all superpixels apart: what they do not tell is shared"
              + " evenly");
    }
    return new LinearFit(
        Math.scalb(found.empty(), exponent),
        list(found.values(), exponent),
        intervals,
        0,
        found.r2(),
        null,
        notices);
  }

  private static List<Double> list(double[] values, int exponent) {
    return Arrays.stream(values).map(v -> Math.scalb(v, exponent)).boxed().toList();
  }
}
