package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.segment.Tiles;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {

  private static final int SIDE = 8;
  private static final int SAMPLES = 200_000;

  @Test
  void shouldKeepNothingOfASampleButItsPackedMaskAndTheExplainedScores()
      throws IOException, InterruptedException {
    // 8 bytes of mask, 8 of weight and 24 of scores make 8 MB; masks as doubles alone would be 100
    // MB.
    ForkedJvm ran = ForkedJvm.run(ManySamples.class.getName(), List.of(), 120, "-Xmx40m");
    assertEquals(0, ran.exitCode(), ran.err());
    assertEquals(SAMPLES + 1 + " rows", ran.out().strip());
  }

  /** Explains with many samples. */
  static final class ManySamples {

    private ManySamples() {}

    /** Prints how many rows there were. */
    public static void main(String[] args) {
      Classifier classifier =
          Classifier.of(
              "sums",
              Preprocessing.imageNet().withSize(SIDE, SIDE),
              64,
              pixels -> new double[] {pixels[0], pixels[70], pixels[140], pixels[191]});
      ExplainOptions options =
          ExplainOptions.defaults().withSegmenter(new Tiles(8, 8)).withSamples(SAMPLES);
      try (Explainer explainer = Explainer.of(classifier, Labels.none())) {
        Image picture = Image.of8(SIDE, SIDE, 3, new byte[SIDE * SIDE * 3]);
        Explanation got = explainer.explain(picture, options, Progress.none());
        System.out.println(got.samples().rows() + " rows");
      }
    }
  }
}
