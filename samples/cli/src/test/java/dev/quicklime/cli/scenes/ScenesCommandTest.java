package dev.quicklime.cli.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.cli.Models;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.Results;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.scenes.SceneGenerator;
import dev.quicklime.scenes.model.SceneModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenesCommandTest {

  /** Of scenes in which no superpixel that reaches the fourth row has a part of the object. */
  private static final long SEED = 2;

  @TempDir Path folder;

  @Test
  void shouldWriteScenesMasksAndTruth() throws IOException {
    Path out = folder.resolve("a/b");
    Ran ran =
        Ran.command("scenes", "generate", "--count=3", "--size=40x32", "--out", out.toString());
    assertEquals(0, ran.code(), ran.err());
    assertEquals(out.resolve("truth.json").toString(), ran.out().strip());
    assertEquals(40, ImageFiles.read(out.resolve("scene-0003.png")).width());
    assertEquals(32, ImageFiles.read(out.resolve("masks/scene-0003-mask.png")).height());
    assertEquals(3, new JsonMapper().readTree(out.resolve("truth.json").toFile()).size());
  }

  @Test
  void shouldCompareExplanationsWithTheTruth() throws IOException {
    Path model = Models.save(folder, "return x[:, :, 3, :8].sum(1)");
    Path json = folder.resolve("study.json");
    Ran ran =
        Ran.command(
            "scenes",
            "evaluate",
            "--count=2",
            "--samples=150",
            "--size=48",
            "--seed=" + SEED,
            "--model",
            model.toString(),
            "--json",
            json.toString());
    assertEquals(0, ran.code(), ran.err());
    assertEquals("", ran.err());
    assertEquals(6, ran.out().lines().count(), ran.out());
    assertTrue(ran.out().startsWith("2 scenes, of which the model tells "), ran.out());
    JsonNode study = Results.read(json);
    assertEquals(4, study.get("findings").size());
    SceneGenerator generator = new SceneGenerator(SEED, 48, 48);
    double area = (generator.scene(0).areaShare() + generator.scene(1).areaShare()) / 2;
    for (JsonNode finding : study.get("findings")) {
      // The object is seen on the model's grid of 32 by 32.
      double seen = finding.get("area").doubleValue();
      assertEquals(area, seen, 0.005);
      double inside = finding.get("inside").doubleValue();
      assertEquals(inside / seen, finding.get("ratio").doubleValue(), 1e-12);
      if (finding.get("weights").textValue().equals("lime")) {
        // The model looks at eight pixels of the fourth row, where no object is.
        assertEquals(0, inside);
        assertEquals(0, finding.get("pointing").doubleValue());
        assertEquals(0, finding.get("iou").doubleValue());
      } else {
        assertEquals(area, inside, 0.1, "chance");
      }
    }
    assertEquals("tiles 8x8", study.get("findings").get(0).get("segmenter").textValue());
    assertEquals("random", study.get("findings").get(1).get("weights").textValue());
  }

  @Test
  void shouldRefuseAModelThatHasNoScoreForEachKindOfObject() throws IOException {
    Path model = Models.save(folder, Models.MEANS);
    Ran ran = Ran.command("scenes", "evaluate", "--count=1", "--model", model.toString());
    assertEquals(2, ran.code());
    assertTrue(ran.err().contains("3 classes, got 8"), ran.err());
  }

  @Test
  void shouldTrainAModelThatCanBeExplained() throws IOException {
    Path out = folder.resolve("model");
    Ran ran =
        Ran.command(
            "scenes",
            "train",
            "--scenes=16",
            "--rounds=1",
            "--batch=8",
            "--threads=1",
            "--out",
            out.toString());
    assertEquals(0, ran.code(), ran.err());
    ModelCard card = dev.quicklime.torch.Models.card(out.resolve("scenes.pt"));
    Preprocessing input = SceneModel.preprocessing();
    assertEquals(new ModelCard(input, SceneModel.labels()), card);
    try (var files = Files.list(out)) {
      assertEquals(3, files.count());
    }
    Ran evaluated =
        Ran.command(
            "scenes",
            "evaluate",
            "--count=1",
            "--samples=80",
            "--segmenter=tiles",
            "--model",
            out.resolve("scenes.pt").toString());
    assertEquals(0, evaluated.code(), evaluated.err());
    assertFalse(evaluated.out().contains("NaN"), evaluated.out());
  }

  @ParameterizedTest
  @CsvSource({
    "generate, --count=0",
    "generate, --count=x",
    "generate, --size=5",
    "generate, --size=9999",
    "generate, --seed=1.5",
    "train, --rounds=0",
    "train, --scenes=1",
    "train, --threads=none",
    "evaluate, --segmenter=slico",
    "evaluate, --samples=0",
    "evaluate, --target=x",
    "evaluate, --model=none.pt",
  })
  void shouldRefuseWhatIsOutOfRange(String command, String option) {
    Ran ran = Ran.command("scenes", command, option);
    assertEquals(2, ran.code());
    assertEquals(1, ran.errors().size(), ran.err());
  }
}
