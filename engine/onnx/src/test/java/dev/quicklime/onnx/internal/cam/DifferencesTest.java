package dev.quicklime.onnx.internal.cam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.QuicklimeException;
import dev.quicklime.onnx.internal.cam.Differences.Form;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferencesTest {

  private static final int MAPS = 150;

  /** One place a map, and any function of the maps. */
  private static final class Plain implements Rows {
    private final int count;
    private final Function<double[], double[]> scores;
    private final double[][] rows;
    private int passes;

    Plain(int count, Function<double[], double[]> scores) {
      this.count = count;
      this.scores = scores;
      this.rows = new double[count][MAPS];
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public void fill(float[] activation) {
      for (double[] row : rows) {
        for (int k = 0; k < MAPS; k++) {
          row[k] = activation[k];
        }
      }
    }

    @Override
    public void shift(int row, int channel, float by) {
      rows[row][channel] = channel + by;
    }

    @Override
    public void reset(int row, int channel) {
      rows[row][channel] = channel;
    }

    @Override
    public double[] scores() {
      passes++;
      return Arrays.stream(rows).flatMapToDouble(row -> Arrays.stream(scores.apply(row))).toArray();
    }
  }

  private static Plain rows(int count, Function<double[], double[]> scores) {
    Plain rows = new Plain(count, scores);
    float[] activation = new float[MAPS];
    for (int k = 0; k < MAPS; k++) {
      activation[k] = k;
    }
    rows.fill(activation);
    return rows;
  }

  private static final Differences DIFFERENCES = new Differences("m", "l", MAPS);

  private static final List<Form> BOTH = List.of(Form.score(0, 2), Form.score(1, 2));

  @ParameterizedTest
  @CsvSource({"1", "2", "64", "300", "302"})
  void shouldGiveTheFactorsOfALinearFunctionForAnyNumberOfRows(int count) {
    Plain rows =
        rows(
            count,
            a -> {
              double sum = 0;
              double other = 3;
              for (int k = 0; k < MAPS; k++) {
                sum += (k - 70) * a[k];
                other += a[k] / (k + 1);
              }
              return new double[] {sum, other};
            });
    Differences.Found found = DIFFERENCES.of(rows, BOTH, 2);
    for (int k = 0; k < MAPS; k++) {
      assertEquals(k - 70, found.sums()[0][k], 1e-6);
      assertEquals(1.0 / (k + 1), found.sums()[1][k], 1e-9);
    }
    assertEquals(List.of(), found.notices());
    // Two steps on 64 maps, then all of them.
    assertEquals(2 * ((128 + count - 1) / count) + (2 * MAPS + count - 1) / count, rows.passes);
  }

  @Test
  void shouldShrinkTheStepWhereTheFunctionIsCurved() {
    Plain rows =
        rows(
            64,
            a -> {
              double sum = 0;
              for (double value : a) {
                sum += Math.sin(value);
              }
              return new double[] {sum};
            });
    Differences.Found found = DIFFERENCES.of(rows, List.of(Form.score(0, 1)), 3);
    for (int k = 0; k < MAPS; k++) {
      assertEquals(Math.cos(k), found.sums()[0][k], 1e-3);
    }
    assertTrue(found.error() < 1e-3, "" + found.error());
  }

  @Test
  void shouldSayHowExactItIsWhereStepsDoNotAgreeWell() {
    // Waves of the size of the smallest steps.
    Plain rows =
        rows(
            64,
            a -> {
              double sum = 0;
              for (double value : a) {
                sum += value + 1e-5 * Math.sin(2000 * value);
              }
              return new double[] {sum};
            });
    Differences.Found found = DIFFERENCES.of(rows, List.of(Form.score(0, 1)), 0.01);
    assertTrue(found.error() > 1e-3, "" + found.error());
    assertTrue(found.notices().getFirst().startsWith("weights of layer l were found by"));
  }

  @Test
  void shouldRejectWhatHasNoSlope() {
    Plain steps =
        rows(
            64,
            a -> {
              double sum = 0;
              for (double value : a) {
                sum += Math.rint(value * 3.3);
              }
              return new double[] {sum};
            });
    String said =
        assertThrows(
                QuicklimeException.class, () -> DIFFERENCES.of(steps, List.of(Form.score(0, 1)), 1))
            .getMessage();
    assertTrue(String.valueOf(said).contains("not smooth enough"), said);
  }

  @Test
  void shouldGiveTheSlopeOfAProbabilityAlsoNextToOne() {
    double[] scores = {40, 0, 1};
    double[] factors = Form.probability(0, scores).factors();
    double rest = Math.exp(-40) + Math.exp(-39);
    assertArrayEquals(new double[] {rest, -Math.exp(-40), -Math.exp(-39)}, factors, 1e-12 * rest);
  }

  @Test
  void shouldEndWhereTheThreadIsInterrupted() {
    Thread.currentThread().interrupt();
    Plain rows = rows(2, a -> new double[] {a[0]});
    assertThrows(
        CancellationException.class, () -> DIFFERENCES.of(rows, List.of(Form.score(0, 1)), 1));
  }
}
