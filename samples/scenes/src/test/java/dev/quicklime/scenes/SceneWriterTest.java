package dev.quicklime.scenes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneWriterTest {

  private static final SceneGenerator GENERATOR = new SceneGenerator(11, 48, 32);

  @TempDir Path folder;

  @Test
  void shouldWritePicturesMasksAndTruth() throws IOException {
    List<Integer> heard = new ArrayList<>();
    SceneWriter.write(GENERATOR, 3, folder.resolve("scenes"), heard::add);
    assertEquals(List.of(1, 2, 3), heard);
    JsonNode truth =
        new JsonMapper().readTree(Files.readString(folder.resolve("scenes/truth.json")));
    assertEquals(3, truth.size());
    for (int i = 0; i < 3; i++) {
      Scene scene = GENERATOR.scene(i);
      JsonNode entry = truth.get(i);
      assertEquals("scene-000" + (i + 1) + ".png", entry.get("file").asText());
      assertEquals("masks/scene-000" + (i + 1) + "-mask.png", entry.get("mask").asText());
      assertEquals(scene.label(), entry.get("label").asText());
      assertEquals(scene.classIndex(), entry.get("class").asInt());
      Image picture = ImageFiles.read(folder.resolve("scenes").resolve(entry.get("file").asText()));
      assertArrayEquals(scene.rgb(), picture.toBytes());
      Image mask = ImageFiles.read(folder.resolve("scenes").resolve(entry.get("mask").asText()));
      assertEquals(1, mask.channels());
      for (int p = 0; p < scene.mask().length; p++) {
        assertEquals(scene.mask()[p] ? 255 : 0, mask.toBytes()[p] & 0xff);
      }
    }
  }

  @Test
  void shouldRefuseACountOutOfRangeAndAFolderThatIsAFile() throws IOException {
    assertThrows(
        InvalidInputException.class, () -> SceneWriter.write(GENERATOR, 0, folder, done -> {}));
    Path file = Files.createFile(folder.resolve("file"));
    assertThrows(
        UncheckedIOException.class, () -> SceneWriter.write(GENERATOR, 1, file, done -> {}));
  }
}
