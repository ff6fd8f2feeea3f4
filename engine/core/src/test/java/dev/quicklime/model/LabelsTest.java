package dev.quicklime.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {

  @TempDir Path folder;

  @Test
  void shouldFindClassesByNameAndByNumber() {
    Labels labels = Labels.of(List.of("cat", "dog", "crane", "crane", "7"));
    assertEquals("dog", labels.name(1));
    assertEquals(1, labels.index("dog"));
    assertEquals(2, labels.index("2"));
    assertEquals(4, labels.index("7"));
    assertThrows(InvalidInputException.class, () -> labels.index("crane"));
    assertThrows(InvalidInputException.class, () -> labels.index("bird"));
    assertThrows(InvalidInputException.class, () -> labels.check(4));
    labels.check(5);
  }

  @Test
  void shouldCallClassesByNumberWithoutNames() {
    assertEquals("class 12", Labels.none().name(12));
    Labels.none().check(1000);
  }

  @Test
  void shouldReadOneNameALine() throws IOException {
    Path file = folder.resolve("labels.txt");
    Files.writeString(file, "tabby cat\n  dog \r\nfish, big\n\n\n");
    assertEquals(List.of("tabby cat", "dog", "fish, big"), Labels.read(file).names());
  }

  @Test
  void shouldRefuseFilesThatHoldNoNames() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.txt"), "\n \n");
    Path binary = Files.write(folder.resolve("binary.txt"), new byte[] {(byte) 0xff, (byte) 0xfe});
    for (Path file : List.of(empty, binary, folder, folder.resolve("missing.txt"))) {
      assertThrows(InvalidInputException.class, () -> Labels.read(file), file.toString());
    }
  }

  @Test
  void shouldCallAThousandOutputsThatNobodyNamesAsImageNetDoes() {
    Labels waiting = Labels.ofModel(List.of());
    assertEquals("class 1", waiting.name(1));
    assertEquals(List.of(), waiting.notices());
    for (int classes : new int[] {1, 999, 1001}) {
      assertEquals("class 0", waiting.settle(classes).name(0));
      assertEquals(List.of(), waiting.settle(classes).notices());
      waiting.settle(classes).check(classes);
    }
    Labels settled = waiting.settle(1000);
    assertEquals("goldfish", settled.name(1));
    settled.check(1000);
    assertEquals(1, settled.notices().size());
    assertEquals(
        List.of(
            "the model names none of its 1000 outputs, so they are called as ImageNet's classes; so"
                + " be it"),
        Labels.ofModel(List.of(), "so be it").settle(1000).notices());
  }

  @Test
  void shouldLeaveTheNamesOfAModelAndOfAFunctionAlone() {
    List<String> own = IntStream.range(0, 1000).mapToObj(i -> "own " + i).toList();
    for (Labels labels : List.of(Labels.ofModel(own), Labels.of(own))) {
      assertEquals("own 1", labels.settle(1000).name(1));
      assertEquals(List.of(), labels.settle(1000).notices());
    }
    assertEquals("class 1", Labels.none().settle(1000).name(1));
    assertEquals("class 1", Labels.none().relied().name(1));
    assertEquals(List.of(), Labels.imageNet().settle(1000).notices());
  }

  @Test
  void shouldRefuseAnotherModelOnceAClassWasAskedForByItsName() {
    Labels relied = Labels.ofModel(List.of()).relied();
    assertEquals(1, relied.index("goldfish"));
    relied.check(1000);
    assertEquals(1, relied.settle(1000).notices().size());
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> relied.settle(10).check(10));
    assertEquals(
        "classes must be given by their index: the model has 10 outputs and names none of them",
        e.getMessage());
  }

  @Test
  void shouldCallAClassOfAnEmptyLineByItsNumber() throws IOException {
    Labels labels = Labels.read(Files.writeString(folder.resolve("gap.txt"), "cat\n\n dog\n\n"));
    assertEquals(List.of("cat", "", "dog"), labels.names());
    assertEquals("class 1", labels.name(1));
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> labels.check(2));
    assertEquals(
        "labels must have one line for each of the model's 2 classes, got 3, 1 of them empty",
        e.getMessage());
  }

  @Test
  void shouldReadWhatShellsAndEditorsWrite() throws IOException {
    String text = "\uFEFFcafé, noir\r\nthé\r\n";
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      Path file = Files.write(folder.resolve("labels.txt"), text.getBytes(charset));
      assertEquals(List.of("café, noir", "thé"), Labels.read(file).names(), charset::name);
    }
  }

  @Test
  void shouldSayHowToMendAnEncoding() throws IOException {
    Path file = folder.resolve("labels.txt");
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1)) {
      Files.write(file, "café\ncat\n".getBytes(charset));
      InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> Labels.read(file), charset.name());
      assertTrue(e.toString().endsWith("save it as UTF-8"), e.toString());
    }
  }
}
