package dev.quicklime.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
}
