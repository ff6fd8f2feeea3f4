package dev.quicklime.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.Environment;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import dev.quicklime.testkit.ForkedJvm;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which kernels other JVMs than this one have, and that they explain with them. */
class JvmsWithoutVectorsTest {

  private static final String NO_MODULE =
      "the JVM was started without --add-modules jdk.incubator.vector";
  private static final String EXPLAINED = System.lineSeparator() + "explained";

  @Test
  void shouldExplainWithoutTheModuleAndSayOnceWhyItIsSlower()
      throws IOException, InterruptedException {
    ForkedJvm ran = ForkedJvm.runPlain(Explains.class.getName(), List.of(), 120, List.of());
    assertEquals(0, ran.exitCode(), ran.err());
    assertEquals("scalar (" + NO_MODULE + ")" + EXPLAINED, ran.out().strip());
    assertEquals(1, ran.err().split("Kernels are scalar: " + NO_MODULE, -1).length - 1, ran.err());
  }

  @Test
  void shouldExplainWithoutTheOptimizingCompilerAndSayOnceWhyItIsSlower()
      throws IOException, InterruptedException {
    for (String option : List.of("-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=3")) {
      ForkedJvm ran = ForkedJvm.run(Explains.class.getName(), List.of(), 120, option);
      assertEquals(0, ran.exitCode(), ran.err());
      assertTrue(ran.out().startsWith("scalar (the C2 compiler is off ("), ran.out());
      assertTrue(ran.out().contains("TieredStopAtLevel"), ran.out());
      assertTrue(ran.out().strip().endsWith(EXPLAINED), ran.out());
      assertEquals(1, ran.err().split("Kernels are scalar: ", -1).length - 1, ran.err());
    }
  }

  @Test
  void shouldSayNothingWhereVectorsPayOrScalarLoopsAreAskedFor()
      throws IOException, InterruptedException {
    ForkedJvm ran = ForkedJvm.run(Explains.class.getName(), List.of(), 120);
    assertTrue(ran.out().matches("(?s)vector (128|256|512) bits\\R.*"), ran.out());
    assertTrue(!ran.err().contains("Kernels are"), ran.err());
    ran = ForkedJvm.run(Explains.class.getName(), List.of(), 120, "-Ddev.quicklime.kernels=scalar");
    assertTrue(ran.out().startsWith("scalar (as asked for by"), ran.out());
    assertTrue(!ran.err().contains("Kernels are"), ran.err());
  }

  @Test
  void shouldFailWhereVectorsAreForcedThatCannotBeHad() throws IOException, InterruptedException {
    ForkedJvm ran =
        ForkedJvm.runPlain(
            Explains.class.getName(), List.of(), 120, List.of("-Ddev.quicklime.kernels=vector"));
    assertEquals(1, ran.exitCode());
    assertTrue(
        ran.err().contains("-Ddev.quicklime.kernels=vector cannot be had: " + NO_MODULE),
        ran.err());
  }

  /** Says which kernels it has, and explains a small picture. */
  static final class Explains {

    private Explains() {}

    public static void main(String[] args) {
      System.out.println(Environment.kernels());
      Classifier scorer =
          Classifier.of(
              "first pixel",
              Preprocessing.imageNet().withSize(16, 16),
              8,
              pixels -> new double[] {pixels[0], -pixels[0]});
      try (Explainer explainer = Explainer.of(scorer, Labels.none())) {
        Explanation explanation =
            explainer.explain(
                Image.of8(16, 16, 3, new byte[16 * 16 * 3]),
                ExplainOptions.defaults().withSegmenter(new Tiles(3, 3)).withSamples(40),
                Progress.none());
        System.out.println(explanation.classes().isEmpty() ? "nothing" : "explained");
      }
    }
  }
}
