package dev.quicklime.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {

  @TempDir Path folder;

  @Test
  void shouldTakeAFoldersPicturesOneLevelDeepByName() throws IOException {
    for (String name : List.of("b.JPG", "a.png", "note.txt", "c.webp", ".hidden", "d.heic")) {
      Files.createFile(folder.resolve(name));
    }
    Files.createFile(Files.createDirectory(folder.resolve("deeper")).resolve("d.png"));
    Files.createDirectory(folder.resolve("e.png"));
    Path other = Path.of("other.bin");
    List<String> told = new ArrayList<>();
    assertEquals(
        Stream.of("a.png", "b.JPG", "c.webp", "d.heic").map(folder::resolve).toList(),
        Pictures.of(List.of(folder), told::add));
    assertEquals(List.of(folder + ": 1 file skipped: 1 .txt"), told);
    assertEquals(List.of(other), Pictures.of(List.of(other), told::add));
  }

  @Test
  void shouldTellAFoldersPicturesByTheirContentsAndSayWhatItSkipped() throws IOException {
    Image gray = Image.of8(8, 8, 1, new byte[64]);
    ImageFiles.writePng(gray, folder.resolve("no-extension"));
    ImageFiles.writePng(gray, folder.resolve("scan.dat"));
    for (String name : List.of("x.jxl", "b.mp4", "c.MP4", "d.mp4", "LICENSE", "README")) {
      Files.writeString(folder.resolve(name), "ftypisom");
    }
    List<String> told = new ArrayList<>();
    assertEquals(
        Stream.of("no-extension", "scan.dat").map(folder::resolve).toList(),
        Pictures.of(List.of(folder), told::add));
    assertEquals(
        List.of(folder + ": 6 files skipped: 3 .mp4, 2 without an extension, 1 .jxl"), told);
  }

  @Test
  void shouldRefuseAFolderWithoutPictures() throws IOException {
    assertThrows(InvalidInputException.class, () -> Pictures.of(List.of(folder), _ -> {}));
    Files.createFile(folder.resolve("a.jxl"));
    Exception e =
        assertThrows(InvalidInputException.class, () -> Pictures.of(List.of(folder), _ -> {}));
    assertTrue(
        String.valueOf(e.getMessage()).endsWith("got a folder without any; 1 file skipped: 1 .jxl"),
        e.getMessage());
  }
}
