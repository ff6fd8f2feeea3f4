package dev.quicklime.fidelity;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LinearFit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FidelityTest {

  private static LinearFit fit(
      double intercept, List<Double> coefficients, @Nullable List<Double> errors) {
    Intervals intervals =
        errors == null
            ? new Intervals.None("not asked")
            : new Intervals.Margins(
                Intervals.Kind.SANDWICH,
                errors,
                Collections.nCopies(errors.size(), Double.POSITIVE_INFINITY));
    return new LinearFit(intercept, coefficients, intervals, 0, 0.5, null, List.of());
  }

  private static LinearFit fit(Double... coefficients) {
    return fit(0, List.of(coefficients), null);
  }

  private static final MaskMatrix MASKS = MaskSampler.draw(Bernoulli.defaults(), 300, 3, 1);

  private static double[] scores(double a, double b, double c, double constant) {
    double[] scores = new double[2 * MASKS.rows()];
    for (int row = 0; row < MASKS.rows(); row++) {
      scores[2 * row] = 7;
      scores[2 * row + 1] =
          constant
              + (MASKS.shown(row, 0) ? a : 0)
              + (MASKS.shown(row, 1) ? b : 0)
              + (MASKS.shown(row, 2) ? c : 0);
    }
    return scores;
  }

  private static double[] ones() {
    double[] weights = new double[MASKS.rows()];
    Arrays.fill(weights, 1);
    return weights;
  }

  @Test
  void shouldFindNothingWrongWithAnAdditiveClassifier() {
    HeldOut heldOut = new HeldOut(MASKS, ones(), scores(1, -2, 0.5, 3), 2);
    LinearFit exact = fit(3, List.of(1.0, -2.0, 0.5), null);
    assertEquals(1, requireNonNull(heldOut.r2(exact, 1)), 1e-12);
    assertEquals(0, heldOut.meanSquaredError(exact, 1), 1e-24);
    assertEquals(0, heldOut.infidelity(exact, 2.5, 1), 1e-24);
    // Infidelity asks for differences alone.
    assertEquals(0, heldOut.infidelity(fit(9, List.of(1.0, -2.0, 0.5), null), 2.5, 1), 1e-24);
  }

  @Test
  void shouldMeasureWhatAFitMisses() {
    HeldOut heldOut = new HeldOut(MASKS, ones(), scores(1, 0, 0, 0), 2);
    LinearFit nothing = fit(0, List.of(0.0, 0.0, 0.0), null);
    int shown = 0;
    for (int row = 0; row < MASKS.rows(); row++) {
      shown += MASKS.shown(row, 0) ? 1 : 0;
    }
    double share = (double) shown / MASKS.rows();
    assertEquals(share, heldOut.meanSquaredError(nothing, 1), 1e-12);
    assertEquals(1 - share / (share * (1 - share)), requireNonNull(heldOut.r2(nothing, 1)), 1e-9);
    assertEquals(1 - share, heldOut.infidelity(nothing, 1, 1), 1e-12);
    assertNull(heldOut.r2(nothing, 0), "scores that do not vary");
    double[] few = new double[MASKS.rows()];
    few[0] = 2;
    assertEquals(1, new HeldOut(MASKS, few, scores(1, 0, 0, 0), 2).meanSquaredError(nothing, 1));
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    double[] scores = scores(1, 0, 0, 0);
    assertThrows(InvalidInputException.class, () -> new HeldOut(MASKS, new double[2], scores, 2));
    assertThrows(
        InvalidInputException.class, () -> new HeldOut(MASKS, new double[MASKS.rows()], scores, 2));
    HeldOut heldOut = new HeldOut(MASKS, ones(), scores, 2);
    assertThrows(InvalidInputException.class, () -> heldOut.r2(fit(1.0), 0));
    assertThrows(IndexOutOfBoundsException.class, () -> heldOut.r2(fit(1.0, 0.0, 0.0), 2));
  }

  @Test
  void shouldRemoveAndShowFromTheMostImportantOn() {
    LinearFit fit = fit(0.5, -1.0, 2.0, 0.5);
    assertEquals(List.of(2, 0, 3, 1), Removal.order(fit));
    MaskMatrix deletion = Removal.deletion(Removal.order(fit));
    MaskMatrix insertion = Removal.insertion(Removal.order(fit));
    int[] left = {0b1111, 0b1011, 0b1010, 0b0010, 0};
    assertEquals(5, deletion.rows());
    for (int row = 0; row < 5; row++) {
      assertEquals(left[row], deletion.word(row, 0));
      assertEquals(0b1111 & ~left[row], insertion.word(row, 0));
    }
    assertEquals(0.5, Removal.area(new double[] {1, 0}));
    assertEquals(0.5, Removal.area(new double[] {1, 0.25, 0.5}), 1e-12);
    assertThrows(InvalidInputException.class, () -> Removal.area(new double[] {1}));
    assertThrows(InvalidInputException.class, () -> Removal.deletion(List.of(0, 0)));
  }

  @Test
  void shouldCallEqualRunsStable() {
    LinearFit run = fit(0, List.of(3.0, -2.0, 1.0, 0.0), List.of(0.1, 0.1, 0.1, 0.1));
    List<LinearFit> runs = List.of(run, run, run);
    assertEquals(100, requireNonNull(Stability.vsi(runs, 2)));
    assertEquals(100, requireNonNull(Stability.csi(runs)));
    assertEquals(1, requireNonNull(Stability.jaccard(runs, 2)));
    assertEquals(1, requireNonNull(Stability.kendall(runs, 3)));
    assertNull(Stability.vsi(List.of(run), 2));
    assertNull(Stability.csi(List.of(run)));
  }

  @Test
  void shouldMeasureHowRunsDiffer() {
    LinearFit a = fit(0, List.of(3.0, -2.0, 1.0, 0.0), List.of(0.1, 0.1, 0.1, 0.1));
    LinearFit b = fit(0, List.of(3.2, 0.5, 1.5, 0.0), List.of(0.1, 0.1, 0.1, 0.1));
    // The two strongest are {0, 1} and {0, 2}.
    assertEquals(50, requireNonNull(Stability.vsi(List.of(a, b), 2)));
    assertEquals(1 / 3.0, requireNonNull(Stability.jaccard(List.of(a, b), 2)), 1e-15);
    // 0.2 and 0 are within 2 · 0.196 of each other; 2.5 and 0.5 are not.
    assertEquals(50, requireNonNull(Stability.csi(List.of(a, b))));
    // Over {0, 1, 2} both rank 0, 2, 1.
    assertEquals(1, requireNonNull(Stability.kendall(List.of(a, b), 2)));
    LinearFit turned = fit(-3.0, 2.0, -1.0, 0.0);
    assertEquals(-1, requireNonNull(Stability.kendall(List.of(a, turned), 3)), 1e-15);
    assertNull(Stability.csi(List.of(a, turned)));
    LinearFit empty = fit(0.0, 0.0, 0.0, 0.0);
    assertEquals(0, requireNonNull(Stability.vsi(List.of(a, empty), 2)));
    assertEquals(100, requireNonNull(Stability.vsi(List.of(empty, empty), 2)));
    assertEquals(1, requireNonNull(Stability.kendall(List.of(empty, empty), 2)));
    assertEquals(0, requireNonNull(Stability.kendall(List.of(a, empty), 2)));
  }

  @Test
  void shouldMeasureErrorsRelativeToTheSpreadOfTheReference() {
    LinearFit reference = fit(1.0, 2.0, 3.0);
    assertEquals(0.25 / 2, requireNonNull(Deviation.relative(fit(1.0, 2.5, 3.0), reference)));
    assertNull(Deviation.relative(reference, fit(1.0, 1.0, 1.0)));
    assertNull(Deviation.coverage(reference, reference));
    LinearFit judged = fit(0, List.of(1.1, 2.0, 5.0), List.of(0.1, 0.1, 0.1));
    assertEquals(2 / 3.0, requireNonNull(Deviation.coverage(judged, reference)), 1e-15);
    assertEquals((0.01 + 4) / 2, requireNonNull(Deviation.relative(judged, reference)), 1e-12);
  }
}
