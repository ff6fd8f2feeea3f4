package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Fill;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LinearFit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Explanations whose answer is known in closed form, through the whole pipeline: for shape
 * detectors and linear functions of the pixels the limits are those of Garreau and Mardaoui, "What
 * does LIME really see in images?", ICML 2021, which full enumeration reaches exactly.
 */
class KnownAnswersTest {

  private static final int WIDTH = 30;
  private static final int HEIGHT = 12;

  /** Values of the picture are kept apart from those of the fill, 0. */
  private static Image image() {
    Random random = new Random(8);
    byte[] pixels = new byte[WIDTH * HEIGHT];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (50 + random.nextInt(200));
    }
    return Image.of8(WIDTH, HEIGHT, 1, pixels);
  }

  private static Preprocessing input() {
    return Preprocessing.imageNet()
        .withSize(WIDTH, HEIGHT)
        .withNormalization(List.of(0.0), List.of(1.0));
  }

  private static Explanation explain(PixelScorer scorer, ExplainOptions options) {
    try (Explainer explainer =
        Explainer.of(Classifier.of("known", input(), 64, scorer), Labels.none())) {
      return explainer.explain(image(), options, Progress.none());
    }
  }

  private static ExplainOptions options() {
    return ExplainOptions.defaults()
        .withFill(Fill.black())
        .withTarget(Target.LOGIT)
        .withSurrogate(Lasso.defaults().withAlpha(0));
  }

  @ParameterizedTest
  @CsvSource({"150, 3", "400, 10", "2000, 25"})
  void shouldFindALinearFunctionExactlyAtAnyFullRankSampleCount(int samples, int columns) {
    double[] slopes = new Random(2).doubles(WIDTH * HEIGHT, -1, 1).toArray();
    PixelScorer linear =
        pixels -> {
          double sum = 0.7;
          for (int i = 0; i < pixels.length; i++) {
            sum += slopes[i] * pixels[i];
          }
          return new double[] {sum};
        };
    Explanation got =
        explain(
            linear,
            options().withSegmenter(new Tiles(2, columns)).withSamples(samples).withSeed(samples));
    float[] shown = image().toFloats();
    SegmentMap segments = got.segments();
    double[] expected = new double[segments.count()];
    for (int i = 0; i < shown.length; i++) {
      expected[segments.label(i % WIDTH, i / WIDTH)] += slopes[i] * (float) (shown[i] / 255.0);
    }
    LinearFit fit = got.classes().getFirst().fit();
    assertEquals(0.7, fit.intercept(), 1e-9);
    for (int j = 0; j < expected.length; j++) {
      assertEquals(expected[j], fit.coefficients().get(j), 1e-9);
    }
    assertNotNull(fit.r2());
    assertEquals(1, fit.r2(), 1e-12);
    assertEquals(got.samples().score(0, 0), fit.localPrediction(), 1e-9);
  }

  /** 1 where every pixel of the first p of ten vertical stripes is shown, else 0. */
  private static PixelScorer detector(int p) {
    return pixels -> {
      for (int i = 0; i < pixels.length; i++) {
        if (i % WIDTH < 3 * p && pixels[i] == 0) {
          return new double[] {0};
        }
      }
      return new double[] {1};
    };
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "5", "10"})
  void shouldGiveAShapeDetectorItsClosedForm(int p) {
    int d = 10;
    Limit limit = new Limit(d);
    LinearFit fit =
        explain(detector(p), options().withSegmenter(new Tiles(1, d)).withDesign(new Exhaustive()))
            .classes()
            .getFirst()
            .fit();
    assertEquals(limit.intercept(p), fit.intercept(), 1e-9);
    for (int j = 0; j < d; j++) {
      double expected = j < p ? limit.inside(p) : limit.outside(p);
      assertEquals(expected, fit.coefficients().get(j), 1e-9, "stripe " + j);
    }
  }

  @Test
  void shouldAgreeWithThePublishedNumbers() {
    assertEquals(.5030767, new Limit(50).alpha(0), 5e-8);
    assertEquals(.2596247, new Limit(50).alpha(1), 5e-8);
    assertEquals(.1299159, new Limit(100).alpha(2), 5e-8);
    Limit ten = new Limit(10);
    assertEquals(-.3423, ten.intercept(2), 5e-5);
    assertEquals(.5755, ten.inside(2), 5e-5);
    assertEquals(.00129, ten.outside(2), 5e-6);
    assertEquals(-.3900, ten.intercept(3), 5e-5);
    assertEquals(.3262, ten.inside(3), 5e-5);
    assertEquals(.00214, ten.outside(3), 5e-6);
  }

  @Test
  void shouldApproachTheLimitWithManyRandomSamples() {
    Limit limit = new Limit(10);
    int n = 100_000;
    LinearFit fit =
        explain(
                detector(2),
                options()
                    .withSegmenter(new Tiles(1, 10))
                    .withDesign(Bernoulli.defaults())
                    .withSamples(n))
            .classes()
            .getFirst()
            .fit();
    // Residuals stay under 1 and columns have a variance near ¼: five standard errors.
    double tolerance = 5 * 2 / Math.sqrt(n);
    for (int j = 0; j < 10; j++) {
      assertEquals(
          j < 2 ? limit.inside(2) : limit.outside(2), fit.coefficients().get(j), tolerance);
    }
  }

  /** The limit for infinitely many Bernoulli(½) samples, cosine distance and width ¼. */
  private record Limit(int d) {

    double alpha(int p) {
      double sum = 0;
      double binomial = 1;
      for (int s = 0; s <= d - p; s++) {
        double distance = 1 - Math.sqrt(1 - (double) s / d);
        sum += binomial * Math.exp(-distance * distance / (2 * 0.25 * 0.25));
        binomial *= (double) (d - p - s) / (s + 1);
      }
      return sum * Math.pow(2, -d);
    }

    private double c() {
      return (d - 1) * alpha(0) * alpha(2) - d * alpha(1) * alpha(1) + alpha(0) * alpha(1);
    }

    private double sigma0() {
      return (d - 1) * alpha(2) + alpha(1);
    }

    private double sigma1() {
      return -alpha(1);
    }

    private double sigma2() {
      double a0 = alpha(0);
      double a1 = alpha(1);
      double a2 = alpha(2);
      return ((d - 2) * a0 * a2 - (d - 1) * a1 * a1 + a0 * a1) / (a1 - a2);
    }

    private double sigma3() {
      return (alpha(1) * alpha(1) - alpha(0) * alpha(2)) / (alpha(1) - alpha(2));
    }

    double inside(int p) {
      double next = p < d ? alpha(p + 1) : 0;
      return (sigma1() * alpha(p)
              + sigma2() * alpha(p)
              + (p - 1) * sigma3() * alpha(p)
              + (d - p) * sigma3() * next)
          / c();
    }

    double outside(int p) {
      return (sigma1() * alpha(p)
              + sigma2() * alpha(p + 1)
              + p * sigma3() * alpha(p)
              + (d - p - 1) * sigma3() * alpha(p + 1))
          / c();
    }

    double intercept(int p) {
      double next = p < d ? alpha(p + 1) : 0;
      return (sigma0() * alpha(p) + p * sigma1() * alpha(p) + (d - p) * sigma1() * next) / c();
    }
  }
}
