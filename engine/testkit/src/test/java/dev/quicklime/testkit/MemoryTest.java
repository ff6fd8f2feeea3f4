package dev.quicklime.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import dev.quicklime.torch.TorchScript;
import dev.quicklime.torch.internal.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {

  @TempDir Path folder;

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

  @Test
  void shouldKeepItsMemoryOverAHundredExplanations() throws IOException, InterruptedException {
    assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "resident memory is asked of Linux");
    Path model = ScriptModules.saveConvolutions(folder);
    // The heap is there from the start, and compiled code stays small: both would grow with time,
    // not with what explanations leave behind.
    ForkedJvm ran =
        ForkedJvm.run(
            ManyExplanations.class.getName(),
            List.of(model.toString()),
            300,
            "-Xmx64m",
            "-XX:+AlwaysPreTouch",
            "-XX:TieredStopAtLevel=1",
            "-Ddev.quicklime.kernels=scalar");
    assertEquals(0, ran.exitCode(), ran.err());
    String[] words = ran.out().strip().split(" ", -1);
    double tenth = Double.parseDouble(words[0]);
    double last = Double.parseDouble(words[1]);
    assertTrue(last <= 1.02 * tenth, "resident memory grew from " + tenth + " to " + last + " kB");
    assertEquals("0", words[2], "bytes of native buffers left after closing");
    assertEquals("0", words[3], "bytes of native objects left after closing");
  }

  /** Explains with a network in single precision and bfloat16 by turns. */
  static final class ManyExplanations {

    private ManyExplanations() {}

    /** Prints resident memory after the 10th and after the 100th, and what is left in the end. */
    public static void main(String[] args) throws IOException {
      ModelOptions options =
          ModelOptions.of(Preprocessing.imageNet().withSize(64, 64)).withThreads(1);
      Image picture = Image.of8(64, 64, 3, new byte[64 * 64 * 3]);
      ExplainOptions few =
          ExplainOptions.defaults().withSegmenter(new Tiles(6, 6)).withSamples(200);
      long tenth = 0;
      long before = 0;
      for (int i = 1; i <= 100; i++) {
        // Opening is part of it: models come and go in a service.
        Precision precision = i % 2 == 0 ? Precision.FP32 : Precision.BF16;
        TorchScript model =
            TorchScript.open(Path.of(args[0]), options.withPrecision(precision).withBatch(16));
        try (Explainer explainer = Explainer.of(model, Labels.none())) {
          explainer.explain(picture, few.withSeed(i), Progress.none());
        }
        if (i == 10) {
          tenth = resident();
          before = TorchRuntime.nativeBytes();
        }
      }
      long left = TorchRuntime.nativeBytes() - before;
      System.out.println(
          tenth + " " + resident() + " " + NativeBuffer.allocated() + " " + Math.max(0, left));
    }

    private static long resident() throws IOException {
      System.gc();
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
      throw new IllegalStateException("no VmRSS");
    }
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
