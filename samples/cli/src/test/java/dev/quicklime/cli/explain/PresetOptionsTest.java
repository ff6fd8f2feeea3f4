package dev.quicklime.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Preset;
import dev.quicklime.cli.Ran;
import dev.quicklime.design.Leverage;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Fill;
import dev.quicklime.report.figure.Show;
import dev.quicklime.segment.Slic;
import dev.quicklime.segment.Slico;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.KLasso;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.Ridge;
import dev.quicklime.surrogate.Shapley;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PresetOptionsTest extends ParsedExplain {

  @Test
  void shouldTakeEachPreset() throws IOException {
    ExplainOptions defaults = ExplainOptions.defaults();
    assertEquals(defaults, options("--preset", "default"));
    assertEquals(
        defaults.withSegmenter(new Tiles(8, 8)).withTarget(Target.TOP1),
        options("--preset", "tiles-top1"));
    assertEquals(
        defaults
            .withSegmenter(Slic.of(50))
            .withFill(new Fill.SegmentMean())
            .withSurrogate(KLasso.defaults()),
        options("--preset", "k-lasso"));
    assertEquals(defaults.withTarget(Target.LOGIT), options("--preset", "slic100-gray"));
    assertEquals(
        defaults
            .withTarget(Target.LOGIT)
            .withSegmenter(Slic.of(20))
            .withSamples(500)
            .withFill(Fill.black())
            .withSurrogate(Lasso.defaults().withAlpha(0.1)),
        options("--preset", "slic20-black"));
    assertEquals(Show.POSITIVE, prepare("--preset", "slic20-black").plan().show());
    assertEquals(
        defaults
            .withSegmenter(Slic.of(50))
            .withSamples(999)
            .withFill(new Fill.SegmentMean())
            .withScoresShown(5)
            .withClasses(ClassChoice.top(5))
            .withSurrogate(Ridge.defaults()),
        options("--preset", "lime"));
    assertEquals(
        defaults.withSegmenter(Slic.of(50)).withDesign(new Leverage()).withSurrogate(new Shapley()),
        options("--preset", "shapley"));
  }

  @Test
  void shouldListPresets() {
    Ran ran = Ran.command("explain", "--list-presets", "--preset=nonsense");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(
        ran.out()
            .contains(
                "--top 5 --scores 5 --target probability --segments 50 --samples 999 --design"
                    + " bernoulli --fill mean --distance cosine --width 0.25 --surrogate lime"),
        ran.out());
    assertEquals(2L * Preset.ALL.size(), ran.out().lines().count());
  }

  @Test
  void shouldLetEveryOptionOverrideItsPreset() throws IOException {
    ExplainOptions options =
        options("--preset", "slic20-black", "--samples", "7", "--compactness", "3", "--classes=1");
    assertEquals(7, options.samples());
    assertEquals(new Slic(20, 3, 10), options.segmenter());
    assertEquals(ClassChoice.of(1), options.classes());
    assertEquals(Fill.black(), options.fill());
    // Equal to the standard, yet given.
    assertEquals(1000, options("--preset=slic20-black", "--samples=1000").samples());
  }

  @Test
  void shouldDropAPresetsTilesWhereSuperpixelsAreAskedFor() throws IOException {
    assertEquals(Slic.of(50), options("--preset", "tiles-top1", "--segments=50").segmenter());
    assertEquals(Slico.of(100), options("--preset", "tiles-top1", "--segmenter=slico").segmenter());
    assertEquals(new Tiles(2, 3), options("--preset", "slic20-black", "--tiles=2x3").segmenter());
  }
}
