package dev.quicklime.files.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.model.Labels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelFileTest {

  @TempDir Path folder;

  private List<String> read(String text) throws IOException {
    return LabelFile.read(Files.writeString(folder.resolve("labels"), text)).names();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tench, fish\ngoldfish",
        "tench, fish\r\ngoldfish\r\n\r\n",
        "\uFEFFtench, fish\r\ngoldfish",
        "[\"tench, fish\", \"goldfish\"]",
        "\uFEFF [[\"n01440764\", \"tench, fish\"], [\"n01443537\", \"goldfish\"]]",
        "{\"1\": [\"n01443537\", \"goldfish\"], \"0\": [\"n01440764\", \"tench, fish\"]}",
        "{\"1\": \"goldfish\", \"0\": \"tench, fish\"}",
        "{\"goldfish\": 1, \"tench, fish\": 0}"
      })
  void shouldReadNamesAsTheyCome(String text) throws IOException {
    assertEquals(List.of("tench, fish", "goldfish"), read(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"0\": \"a\", \"2\": \"c\"} | none for class 1",
        "{\"0\": \"a\", \"00\": \"b\"} | two for class 00",
        "{\"a\": 0, \"b\": 0} | two for class 0",
        "{\"0\": \"a\", \"0\": \"b\"} | Duplicate field '0'",
        "{\"a\": -1} | got -1",
        "{} | got none",
        "[] | got none",
        "[1] | got 1",
        "[\"a\" | must be JSON",
        "[\"a\"] x | must be JSON"
      })
  void shouldSayWhatIsWrong(String text, String part) {
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> read(text));
    assertTrue(e.toString().contains(part), e.toString());
    assertEquals(1, e.toString().lines().count(), e.toString());
  }

  @Test
  void shouldRefuseUtf16() throws IOException {
    Path file = folder.resolve("labels");
    Files.write(file, "\uFEFFtench".getBytes(StandardCharsets.UTF_16LE));
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> LabelFile.read(file));
    assertTrue(e.toString().contains("UTF-16"), e.toString());
  }

  @Test
  void shouldKnowImageNet() {
    Labels labels = Labels.imageNet();
    assertEquals(1000, labels.names().size());
    assertEquals("tench", labels.name(0));
    assertEquals("toilet tissue", labels.name(999));
    assertEquals(1000, labels.names().stream().distinct().count());
  }
}
