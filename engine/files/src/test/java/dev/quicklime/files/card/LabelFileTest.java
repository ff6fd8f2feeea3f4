package dev.quicklime.files.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.model.Labels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
        "{\"goldfish\": 1, \"tench, fish\": 0}",
        "{\"size\": 3, \"id2label\": {\"0\": \"tench, fish\", \"1\": \"goldfish\"}, \"label2id\":"
            + " {}}"
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
        "{0: 'a', 1: 'b'} | must be JSON",
        "{\"id2label\": {}} | got none",
        "{\"a\": 0.5} | got 0.5",
        "[\"a\" | must be JSON",
        "[\"a\"] x | must be JSON"
      })
  void shouldSayWhatIsWrong(String text, String part) {
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> read(text));
    assertTrue(e.toString().contains(part), e.toString());
    assertEquals(1, e.toString().lines().count(), e.toString());
  }

  @Test
  void shouldReadUtf16ThatSaysSo() throws IOException {
    Path file = folder.resolve("labels");
    for (String text :
        List.of("\uFEFFtench, fish\r\ngoldfish", "\uFEFF[\"tench, fish\", \"goldfish\"]")) {
      Files.write(file, text.getBytes(StandardCharsets.UTF_16LE));
      assertEquals(List.of("tench, fish", "goldfish"), LabelFile.read(file).names());
    }
  }

  private String refusal(Path file) {
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> LabelFile.read(file));
    assertEquals(1, e.toString().lines().count(), e.toString());
    return String.valueOf(e.getMessage());
  }

  @Test
  void shouldRefuseWhatIsNoText() throws IOException {
    Path file = folder.resolve("labels");
    assertEquals("labels file " + file + " does not exist", refusal(file));
    Files.write(file, "tench\ngoldfish".getBytes(StandardCharsets.UTF_16BE));
    assertTrue(refusal(file).contains("UTF-16"));
    Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    assertTrue(refusal(file).contains("must be UTF-8 text"));
    Files.write(file, new byte[0]);
    assertTrue(refusal(file).contains("at least one line"));
    assertTrue(refusal(folder).contains("is a folder"));
    try (FileChannel large = FileChannel.open(file, StandardOpenOption.WRITE)) {
      large.write(ByteBuffer.wrap(new byte[] {'a'}), 64L << 20);
    }
    assertTrue(refusal(file).contains("must be text of at most"));
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
