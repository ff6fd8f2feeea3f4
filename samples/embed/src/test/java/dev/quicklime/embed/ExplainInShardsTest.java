package dev.quicklime.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.ShardedExplanation;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.run.Progress;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.segment.Slic;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Ridge;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainInShardsTest {

  @Test
  void shouldExplainByTwoModelsAsOneDoes() {
    Path file = Bundled.pictures().getFirst();
    ExplainOptions options =
        ExplainOptions.defaults()
            .withSegmenter(Slic.of(30))
            .withDesign(new FoldedHadamard())
            .withSamples(4_300)
            .withClasses(ClassChoice.top(2))
            .withSurrogate(Ridge.defaults());
    Image picture = ImageFiles.read(file);
    try (Explainer driver = Explainer.open(Bundled.model());
        Explainer other = Explainer.open(Bundled.model())) {
      Explanation expected = driver.explain(picture, options, Progress.none());
      ShardedExplanation got =
          ExplainInShards.explain(
              driver,
              picture,
              options,
              (decision, rows) -> {
                Explainer one = rows.from() == 0 ? driver : other;
                return ExplainInShards.score(one, picture, options, decision, rows);
              });
      assertEquals(expected.scores(), got.scores());
      assertEquals(expected.notices(), got.notices());
      for (int c = 0; c < 2; c++) {
        assertEquals(expected.classes().get(c).scored(), got.classes().get(c).scored());
        assertNear(expected.classes().get(c).fit(), got.classes().get(c).fit());
      }
    }
  }

  private static void assertNear(LinearFit expected, LinearFit got) {
    List<Double> coefficients = expected.coefficients();
    double scale = coefficients.stream().mapToDouble(Math::abs).max().orElse(0);
    Intervals.Margins own = assertInstanceOf(Intervals.Margins.class, expected.intervals());
    Intervals.Margins other = assertInstanceOf(Intervals.Margins.class, got.intervals());
    for (int j = 0; j < coefficients.size(); j++) {
      assertEquals(coefficients.get(j), got.coefficients().get(j), 1e-9 * scale);
      assertEquals(own.halfWidth(j), other.halfWidth(j), 1e-9 * scale);
    }
  }
}
