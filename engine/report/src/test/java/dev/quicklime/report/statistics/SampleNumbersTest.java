package dev.quicklime.report.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.model.Target;
import dev.quicklime.report.Explained;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.LinearFit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleNumbersTest {

  private static final PixelScorer CURVED =
      pixels -> {
        double sum = 0;
        for (int i = 0; i < 1024; i++) {
          sum += pixels[i] * Math.sin(i);
        }
        return new double[] {sum / 50, Math.tanh(sum / 50), 1};
      };

  private static Explanation explain(int rows, int columns) {
    return Explained.of(
        3,
        CURVED,
        ExplainOptions.defaults()
            .withSegmenter(new Tiles(rows, columns))
            .withTarget(Target.LOGIT)
            .withSurrogate(LeastSquares.defaults())
            .withSamples(150));
  }

  @ParameterizedTest
  @CsvSource({"1,2", "1,7", "2,4", "3,3", "5,13", "8,8", "5,26"})
  void shouldHaveTheResidualsOfEverySample(int rows, int columns) {
    Explanation explanation = explain(rows, columns);
    SampleNumbers numbers = new SampleNumbers(explanation);
    for (int c = 0; c < 3; c++) {
      LinearFit fit = explanation.classes().get(c).fit();
      double[] scores = numbers.scores(c);
      double[] losses = numbers.losses(c);
      assertEquals(150, losses.length);
      for (int i = 0; i < 150; i++) {
        double predicted = fit.intercept();
        for (int j = 0; j < rows * columns; j++) {
          predicted +=
              explanation.samples().masks().shown(i + 1, j) ? fit.coefficients().get(j) : 0;
        }
        double residual = explanation.samples().score(i + 1, c) - predicted;
        assertEquals(explanation.samples().score(i + 1, c), scores[i], 0);
        assertEquals(residual * residual, losses[i], 1e-12 * (1 + residual * residual));
      }
    }
  }

  @Test
  void shouldCallSamplesSimilarThatADesignGivesNoWeight() {
    Explanation explanation =
        Explained.of(
            3,
            CURVED,
            ExplainOptions.defaults()
                .withSegmenter(new Tiles(3, 3))
                .withDesign(new FoldedHadamard())
                .withSamples(64));
    double[] similarities = new SampleNumbers(explanation).similarities();
    assertEquals(explanation.samples().rows() - 1, similarities.length);
    for (int i = 0; i < similarities.length; i++) {
      double share = explanation.samples().masks().countShown(i + 1) / 9.0;
      double distance = share == 0 ? 1 : 1 - Math.sqrt(share);
      assertEquals(Math.exp(-distance * distance / 0.125), similarities[i], 1e-12);
    }
  }
}
