package dev.quicklime.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import dev.quicklime.files.ExplanationJson;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LikePrecisionTest {

  @Test
  void shouldRefuseAFormatThatTheProcessorLacks(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("explanation.json");
    Preprocessing input = Preprocessing.imageNet().withSize(4, 4);
    Image picture = Image.of8(4, 4, 3, new byte[48]);
    try (Explainer explainer =
        Explainer.of(
            Classifier.of("ones", input, 4, pixels -> new double[] {pixels[0], 1}),
            Labels.none())) {
      ExplainOptions options =
          ExplainOptions.defaults().withSegmenter(new Tiles(2, 2)).withSamples(20);
      ExplanationJson.write(
          "black.png", explainer.explain(picture, options, Progress.none()), file);
    }
    Like like = Like.read(folder);
    like.checkPrecision("fp32", false);
    like.checkPrecision("bf16", true);
    assertEquals(
        "--like %s was computed in bf16, which this processor does not compute in natively: take"
                .formatted(file)
            + " another machine, --precision fp32 for about the same numbers, or --precision bf16"
            + " to have it emulated, slowly",
        assertThrows(InvalidInputException.class, () -> like.checkPrecision("bf16", false))
            .getMessage());
  }
}
