package dev.quicklime.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {

  @TempDir Path folder;

  @Test
  void shouldTakeAFoldersPicturesOneLevelDeepByName() throws IOException {
    for (String name : List.of("b.JPG", "a.png", "note.txt", "c.webp", ".hidden")) {
      Files.createFile(folder.resolve(name));
    }
    Files.createFile(Files.createDirectory(folder.resolve("deeper")).resolve("d.png"));
    Files.createDirectory(folder.resolve("e.png"));
    Path other = Path.of("other.bin");
    assertEquals(
        List.of(other, folder.resolve("a.png"), folder.resolve("b.JPG"), folder.resolve("c.webp")),
        Pictures.of(List.of(other, folder)));
  }

  @Test
  void shouldRefuseAFolderWithoutPictures() {
    assertThrows(InvalidInputException.class, () -> Pictures.of(List.of(folder)));
  }
}
