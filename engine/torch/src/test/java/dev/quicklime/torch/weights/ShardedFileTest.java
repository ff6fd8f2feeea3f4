package dev.quicklime.torch.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardedFileTest {

  private static final String INDEX = "model.safetensors.index.json";

  @TempDir Path folder;

  @BeforeEach
  void writeShards() throws IOException {
    new TestWeights()
        .floats("a", List.of(2L), 1, 2)
        .floats("b", List.of(1L), 3)
        .save(folder.resolve("one"));
    new TestWeights().floats("c", List.of(1L), 4).save(folder.resolve("two"));
  }

  private Path index(String map) throws IOException {
    return Files.writeString(
        folder.resolve(INDEX),
        "{\"metadata\": {\"total_size\": 16}, \"weight_map\": {%s}}"
            .formatted(map.replace('\'', '"')));
  }

  @Test
  void shouldReadAllTensorsOfAnIndexOrItsFolder() throws IOException {
    Path index = index("'c': 'two', 'a': 'one', 'b': 'one'");
    for (Path given : List.of(index, folder)) {
      try (WeightsFile file = WeightsFile.open(given)) {
        assertEquals(List.of("c", "a", "b"), List.copyOf(Values.tensors(file).keySet()));
        assertArrayEquals(new float[] {1, 2}, Values.floats(file, "a"));
        assertArrayEquals(new float[] {3}, Values.floats(file, "b"));
        assertArrayEquals(new float[] {4}, Values.floats(file, "c"));
        assertThrows(
            InvalidInputException.class,
            () -> file.read("", "d", ElementType.F32, java.lang.foreign.MemorySegment.NULL));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'a': 'one', 'b': 'one', 'c': 'three' | beside it, got none called three, which has c",
        "'a': 'one', 'b': 'one', 'c': 'one' | got one for c, which it lacks",
        "'a': 'one', 'b': 'one', 'c': 'two', 'd': 'two' | got two for d, which it lacks",
        "'a': 'one', 'c': 'two' | got b in one besides",
        "'a': 'one', 'b': 'one', 'a': 'one' | Duplicate",
        "'a': '../one' | must name a file beside it for tensor a",
        "'a': '/etc/passwd' | must name a file beside it for tensor a",
        "'a': 7 | must name a file beside it for tensor a",
        "'a': 'model.safetensors.index.json' | got the index of weights in several files",
        " | must name the file of each tensor",
        "'a' | must be a JSON object",
      })
  void shouldRefuseAnIndexThatDoesNotAgreeWithItsFiles(String map, String expected)
      throws IOException {
    Path index = index(map == null ? "" : map);
    QuicklimeException e =
        assertThrows(QuicklimeException.class, () -> WeightsFile.open(index).close());
    assertTrue(e.toString().contains(expected), e.getMessage());
    assertTrue(e.toString().contains(index.toString()), e.getMessage());
    assertEquals(1, e.toString().lines().count(), e.getMessage());
  }

  @Test
  void shouldRefuseATensorThatTwoFilesHave() throws IOException {
    new TestWeights()
        .floats("c", List.of(1L), 4)
        .floats("a", List.of(1L), 5)
        .save(folder.resolve("two"));
    Path index = index("'a': 'one', 'b': 'one', 'c': 'two'");
    QuicklimeException e =
        assertThrows(QuicklimeException.class, () -> WeightsFile.open(index).close());
    assertTrue(
        e.toString().contains("a must be there once, got it in one and in two"), e.getMessage());
  }

  @Test
  void shouldRefuseAFolderThatDoesNotSayWhichFileIsMeant() throws IOException {
    InvalidInputException none =
        assertThrows(InvalidInputException.class, () -> WeightsFile.open(folder).close());
    assertTrue(none.toString().contains("a folder without"), none.getMessage());
    index("'a': 'one'");
    Files.copy(folder.resolve(INDEX), folder.resolve("other.safetensors.index.json"));
    InvalidInputException two =
        assertThrows(InvalidInputException.class, () -> WeightsFile.open(folder).close());
    assertTrue(two.toString().contains(INDEX + ", other.safetensors"), two.getMessage());
  }

  @Test
  void shouldTakeTheOnlyModelOfAFolderWithoutAnIndex() throws IOException {
    Files.move(folder.resolve("two"), folder.resolve("model.safetensors"));
    try (WeightsFile file = WeightsFile.open(folder)) {
      assertEquals(List.of("c"), List.copyOf(Values.tensors(file).keySet()));
    }
  }
}
