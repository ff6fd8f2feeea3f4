package dev.quicklime.torch.cam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cam.CamInput;
import dev.quicklime.cam.CamLayer;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.CamResult;
import dev.quicklime.model.Device;
import dev.quicklime.torch.internal.MadeModule;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers have the names that Python's {@code named_modules} gives their modules. */
class LayerPathsTest {

  private static final int SIDE = 6;

  @TempDir Path folder;

  private final CamInput picture = picture();

  private static CamInput picture() {
    float[] values = new float[3 * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i * 1.3);
    }
    return CamInput.of(values, 1, 3, SIDE, SIDE);
  }

  private static MadeModule block(String weights) {
    return new MadeModule("return torch.relu(torch.conv2d(x, self." + weights + "))")
        .random(weights, 3, 3, 1, 1);
  }

  /** A ModuleList, which has no forward, of modules that are called through it. */
  private static MadeModule stage(int blocks, String weights) {
    MadeModule list = new MadeModule();
    String[] lines = new String[blocks + 1];
    for (int i = 0; i < blocks; i++) {
      list.child("" + i, block(weights + i));
      // What a trace and a loop over modules are compiled to.
      lines[i] = "x = getattr(self.blocks, \"%d\").forward(x)".formatted(i);
    }
    lines[blocks] = "return x + 1.0";
    return new MadeModule(lines).child("blocks", list);
  }

  private Path nested() {
    MadeModule stages = new MadeModule().child("0", stage(2, "a")).child("1", stage(3, "b"));
    MadeModule stem =
        new MadeModule(
                "x = getattr(self, \"0\").forward(x)", "return getattr(self, \"1\").forward(x)")
            .child("0", block("s"))
            .child("1", block("t"));
    return new MadeModule(
            "x = self.stem.forward(x)",
            "x = getattr(self.stages, \"0\").forward(x)",
            "x = getattr(self.stages, \"1\").forward(x)",
            "x = getattr(self.deep.deeper, \"last\").forward(x)",
            "return x.mean([2, 3])")
        .child("stem", stem)
        .child("stages", stages)
        .child("deep", new MadeModule().child("deeper", new MadeModule().child("last", block("d"))))
        .save(folder);
  }

  private GradCam open() {
    return GradCam.load(nested(), Device.cpu(), 1);
  }

  @Test
  void shouldNameLayersAsPythonDoes() {
    try (GradCam cam = open()) {
      List<CamLayer> layers = cam.layers(1, 3, SIDE, SIDE);
      assertEquals(
          List.of(
              "stem.0",
              "stem",
              "stages.0.blocks.0",
              "stages.0.blocks.1",
              "stages.0",
              "stages.1.blocks.0",
              "stages.1.blocks.1",
              "stages.1.blocks.2",
              "stages.1",
              "deep.deeper.last"),
          layers.stream().map(CamLayer::module).filter(Objects::nonNull).toList());
      CamLayer taken = cam.explain(picture, CamOptions.defaults()).layer();
      assertEquals("deep.deeper.last", taken.called());
      assertTrue(taken.automatic());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "stages.0.blocks.1, stages.0.blocks.1",
    "stages.1.blocks.1, stages.1.blocks.1",
    "stages.0.blocks, stages.0.blocks.1",
    "stages, stages.1",
    "stem.1, stem",
    "deep.deeper.last, deep.deeper.last",
    "deep, deep.deeper.last",
    // The last part of each call's name, as long as it can mean one module alone.
    "last, deep.deeper.last",
    "0.1, stages.0.blocks.1",
    "1.2, stages.1.blocks.2",
  })
  void shouldFindLayersByTheirPath(String asked, String module) {
    try (GradCam cam = open()) {
      CamLayer layer = cam.explain(picture, CamOptions.defaults().withLayer(asked)).layer();
      assertEquals(module, layer.module());
    }
  }

  @Test
  void shouldComputeTheSameUnderEitherName() {
    try (GradCam cam = open()) {
      CamResult whole = cam.explain(picture, CamOptions.defaults().withLayer("stages.1.blocks.2"));
      CamResult last = cam.explain(picture, CamOptions.defaults().withLayer("1.2"));
      assertArrayEquals(whole.first().getFirst().values(), last.first().getFirst().values());
    }
  }

  @Test
  void shouldNameAllThatAShortNameMayMean() {
    Path file =
        new MadeModule(
                "x = getattr(self.one, \"0\").forward(x)",
                "x = getattr(self.two, \"0\").forward(x)",
                "return x.mean([2, 3])")
            .child("one", new MadeModule().child("0", block("a")))
            .child("two", new MadeModule().child("0", block("b")))
            .save(folder);
    try (GradCam cam = GradCam.load(file, Device.cpu(), 1)) {
      String said = refused(cam, "0");
      assertTrue(said.contains("got 0 for one.0, two.0"), said);
      said = refused(cam, "two.1");
      assertTrue(said.contains("near ones are two.0"), said);
    }
  }

  private String refused(GradCam cam, String layer) {
    return String.valueOf(
        assertThrows(
                InvalidInputException.class,
                () -> cam.explain(picture, CamOptions.defaults().withLayer(layer)))
            .getMessage());
  }
}
