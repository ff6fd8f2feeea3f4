package dev.quicklime.internal.fit.sums;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import dev.quicklime.locality.Locality;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GramBuilderTest {

  /** Σ over weights, in the order of their first rows, of the weight times a number of rows. */
  private static double counted(double[][] x, double[] w, int j, int k) {
    Map<Double, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < w.length; i++) {
      if (w[i] != 0) {
        counts.merge(w[i], x[i][j] * x[i][k] == 1 ? 1 : 0, Integer::sum);
      }
    }
    double sum = 0;
    for (Map.Entry<Double, Integer> count : counts.entrySet()) {
      sum += count.getKey() * count.getValue();
    }
    return sum;
  }

  private static void assertCounted(MaskMatrix masks, double[] w, Gram gram) {
    double[][] x = Dense.matrix(masks);
    for (int j = 0; j < masks.columns(); j++) {
      for (int k = 0; k < masks.columns(); k++) {
        assertEquals(counted(x, w, j, k), gram.product(j, k), j + ", " + k);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldMultiplyEachWeightWithTheNumberOfItsRows(Implementation form) {
    GramBuilder builder = new GramBuilder(KernelSet.of(form));
    // Another size first, larger and smaller, so that what it left behind would show.
    for (int d : new int[] {65, 130, 7, 64}) {
      MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 700, d, d);
      double[] w = Locality.defaults().weights(masks);
      w[0] = 0;
      w[17] = 0;
      builder.build(masks, w);
      assertCounted(masks, w, builder.gram());
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldCountClassesThatAreLongerThanABlock(Implementation form) {
    boolean[][] rows = new boolean[70_000][200];
    Random random = new Random(8);
    double[] w = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i][i % 200] = true;
      rows[i][3] = random.nextBoolean();
      rows[i][190] = rows[i][3];
      w[i] = i % 7 == 0 ? 0.3 : 0.1;
    }
    GramBuilder builder = new GramBuilder(KernelSet.of(form));
    builder.build(MaskMatrix.of(rows), w);
    Gram gram = builder.gram();
    double[][] x = new double[rows.length][2];
    for (int i = 0; i < rows.length; i++) {
      x[i][0] = rows[i][3] ? 1 : 0;
      x[i][1] = rows[i][190] ? 1 : 0;
    }
    assertEquals(counted(x, w, 0, 0), gram.product(3, 3));
    assertEquals(counted(x, w, 0, 1), gram.product(3, 190));
    assertEquals(counted(x, w, 1, 0), gram.product(190, 3));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "63, 64", "64, 65", "65, 100", "513, 20", "3000, 129"})
  void shouldGiveTheSameWithEitherForm(int n, int d) {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), n, d, 5);
    Random random = new Random(n);
    double[] w = random.doubles(n + 1).toArray();
    w[n / 2] = 0;
    double[] y = random.doubles((n + 1) * 5L, 3, 4).toArray();
    GramBuilder[] builders = new GramBuilder[2];
    MomentsBuilder[] moments = new MomentsBuilder[2];
    for (Implementation form : Implementation.values()) {
      builders[form.ordinal()] = new GramBuilder(KernelSet.of(form));
      builders[form.ordinal()].build(masks, w);
      moments[form.ordinal()] = new MomentsBuilder(KernelSet.of(form));
      moments[form.ordinal()].build(masks, w, y, 5, 1, 4);
    }
    double scale = Arrays.stream(w).sum() * (n + 1);
    for (int j = 0; j < d; j++) {
      for (int k = 0; k < d; k++) {
        double expected = builders[0].gram().product(j, k);
        assertEquals(expected, builders[1].gram().product(j, k), Math.ulp(scale));
        assertEquals(builders[1].gram().product(k, j), builders[1].gram().product(j, k));
      }
      for (int c = 0; c < 4; c++) {
        assertEquals(
            moments[0].moments(c).product(j), moments[1].moments(c).product(j), Math.ulp(scale));
      }
    }
  }

  @Test
  void shouldSumAllClassesAsOneByOne() {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 200, 70, 5);
    double[] w = Locality.defaults().weights(masks);
    for (int classes = 1; classes <= 7; classes++) {
      double[] y = new Random(classes).doubles(201L * classes).toArray();
      List<Moments> all = Moments.ofAll(masks, w, y, classes);
      assertEquals(classes, all.size());
      for (int c = 0; c < classes; c++) {
        Moments alone = Moments.of(masks, w, y, classes, c);
        assertEquals(alone.mean(), all.get(c).mean());
        assertEquals(alone.deviation(), all.get(c).deviation());
        for (int j = 0; j < 70; j++) {
          assertEquals(alone.product(j), all.get(c).product(j));
        }
      }
    }
  }

  @Test
  void shouldFillWordsOfTheirOwnWithClassesAndLeaveOutRowsWithoutWeight() {
    double[] w = new double[200];
    for (int i = 0; i < w.length; i++) {
      w[i] = i == 0 ? 0 : i < 66 ? 2 : 0.5;
    }
    WeightClasses classes = new WeightClasses();
    classes.sort(w);
    assertEquals(2, classes.count());
    assertEquals(2, classes.weight(0));
    assertEquals(65, classes.end(0));
    assertEquals(199, classes.rows());
    assertEquals(2 + 3, classes.words());
    assertEquals(1, classes.order()[0]);
    assertEquals(66, classes.order()[65]);
    classes.sort(new Random(1).doubles(2000).toArray());
    assertEquals(0, classes.count());
    classes.sort(w);
    assertEquals(2, classes.count());
  }
}
