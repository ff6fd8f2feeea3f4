package dev.quicklime.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputFolderTest {

  @TempDir Path folder;

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::getFileName).map(String::valueOf).sorted().toList();
    }
  }

  @Test
  void shouldNumberReportsWhoseNamesClash() {
    OutputFolder out = OutputFolder.at(folder.resolve("not/there/yet"));
    assertEquals("cat", out.reserve(Path.of("x/cat.png")));
    assertEquals("cat-2", out.reserve(Path.of("y/cat.png")));
    assertEquals("cat-3", out.reserve(Path.of("x/cat.jpg")));
    assertEquals("cat-2-2", out.reserve(Path.of("cat-2.jpg")));
    // Some file systems take these for one.
    assertEquals("CAT-4", out.reserve(Path.of("CAT.png")));
    assertFalse(Files.exists(folder.resolve("not")));
  }

  @Test
  void shouldRefuseALinkToNothing() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    for (Path out : List.of(link, link.resolve("more"), loop)) {
      Exception refused = assertThrows(InvalidInputException.class, () -> OutputFolder.at(out));
      assertTrue(
          String.valueOf(refused.getMessage()).contains("is a link to nothing that is there"),
          refused.getMessage());
    }
    assertEquals(List.of("link", "loop"), files());
    Path there = Files.createDirectory(folder.resolve("nowhere"));
    assertEquals("cat", OutputFolder.at(link).reserve(Path.of("cat.png")));
    Files.delete(there);
  }

  @ParameterizedTest
  @CsvSource({
    "cat.tar.png, cat.tar",
    "cat, cat",
    ".png, png",
    "...png, picture",
    "....x.png, x",
    "'  .png', picture"
  })
  void shouldNeverLeaveTheFolderNorHideAReport(String file, String name) {
    assertEquals(name, OutputFolder.at(folder).reserve(Path.of(file)));
  }

  @Test
  void shouldShowAReportOnlyWhenItIsComplete() throws IOException {
    OutputFolder out = OutputFolder.at(folder);
    String name = out.reserve(Path.of("cat.png"));
    try (Staging staging = out.stage(name)) {
      Files.writeString(staging.folder().resolve("report.html"), "whole");
      assertFalse(Files.exists(folder.resolve("cat")));
      assertEquals(folder.resolve("cat"), staging.publish());
    }
    assertEquals(List.of("cat"), files());
    assertEquals("whole", Files.readString(folder.resolve("cat/report.html")));
    assertTrue(Files.isReadable(folder.resolve("cat/report.html")));
  }

  @Test
  void shouldReplaceAnEarlierReportAndKeepWhatIsNotOfIt() throws IOException {
    Files.createDirectories(folder.resolve("cat/mine"));
    Files.writeString(folder.resolve("cat/explanation.json"), "{}");
    Files.writeString(folder.resolve("cat/class-9-heatmap.png"), "old");
    Files.writeString(folder.resolve("cat/notes.txt"), "notes");
    Files.writeString(folder.resolve("cat/mine/old.png"), "mine");
    OutputFolder out = OutputFolder.at(folder);
    try (Staging staging = out.stage(out.reserve(Path.of("cat.png")))) {
      Files.writeString(staging.folder().resolve("explanation.json"), "new");
      assertTrue(Files.exists(folder.resolve("cat/class-9-heatmap.png")));
      staging.publish();
    }
    assertEquals(List.of("cat"), files());
    assertEquals("new", Files.readString(folder.resolve("cat/explanation.json")));
    assertFalse(Files.exists(folder.resolve("cat/class-9-heatmap.png")));
    assertEquals("notes", Files.readString(folder.resolve("cat/notes.txt")));
    assertEquals("mine", Files.readString(folder.resolve("cat/mine/old.png")));
  }

  @Test
  void shouldLeaveNothingOfAReportThatIsGivenUp() throws IOException {
    OutputFolder out = OutputFolder.at(folder);
    Staging staging = out.stage(out.reserve(Path.of("cat.png")));
    Files.createDirectories(staging.folder().resolve("figures"));
    Files.writeString(staging.folder().resolve("figures/a.png"), "half");
    assertFalse(staging.isOver());
    staging.close();
    assertTrue(staging.isOver());
    assertEquals(List.of(), files());
    // The thread that writes it may learn of that too late.
    assertThrows(IOException.class, staging::publish);
    staging.close();
    assertEquals(List.of(), files());
  }

  @Test
  void shouldRefuseToReplaceWhatIsNoReport() throws IOException {
    Files.createDirectories(folder.resolve("cat"));
    OutputFolder out = OutputFolder.at(folder);
    assertThrows(InvalidInputException.class, () -> out.reserve(Path.of("cat.png")));
    Files.writeString(folder.resolve("dog"), "a file");
    assertThrows(InvalidInputException.class, () -> out.reserve(Path.of("dog.png")));
  }

  @Test
  void shouldRefuseToReplaceALinkAndLeaveWhatItLeadsTo() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("explanation.json"), "{}");
    Files.writeString(elsewhere.resolve("notes.txt"), "notes");
    OutputFolder out = OutputFolder.at(folder.resolve("out"));
    Files.createDirectories(folder.resolve("out"));
    Path link = folder.resolve("out/cat");
    Files.createSymbolicLink(link, elsewhere);
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> out.reserve(Path.of("cat.png")));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith(link + " must be a folder"), e.getMessage());
    // One that appears later is left as well.
    String name = out.reserve(Path.of("dog.png"));
    try (Staging staging = out.stage(name)) {
      Files.createSymbolicLink(folder.resolve("out/dog"), elsewhere);
      assertThrows(IOException.class, staging::publish);
    }
    assertEquals("notes", Files.readString(elsewhere.resolve("notes.txt")));
    assertEquals(2, Objects.requireNonNull(elsewhere.toFile().list()).length);
    assertEquals(2, Objects.requireNonNull(folder.resolve("out").toFile().list()).length);
  }

  @Test
  void shouldPutAReportBackThatAKilledRunHadMovedAside() throws IOException {
    Path aside = Files.createDirectories(folder.resolve(".quicklime-0123456789abcdef"));
    Files.createFile(aside.resolve(".lock"));
    Files.createDirectories(aside.resolve("earlier.cat"));
    Files.writeString(aside.resolve("earlier.cat/explanation.json"), "{}");
    Path done = Files.createDirectories(folder.resolve(".quicklime-0123456789abcdee"));
    Files.createFile(done.resolve(".lock"));
    Files.createDirectories(done.resolve("earlier.dog"));
    Files.writeString(done.resolve("earlier.dog/explanation.json"), "old");
    Files.writeString(done.resolve("earlier.dog/notes.txt"), "notes");
    Files.createDirectories(folder.resolve("dog"));
    Files.writeString(folder.resolve("dog/explanation.json"), "new");
    OutputFolder.at(folder);
    assertEquals(List.of("cat", "dog"), files().stream().sorted().toList());
    assertEquals("{}", Files.readString(folder.resolve("cat/explanation.json")));
    assertEquals("new", Files.readString(folder.resolve("dog/explanation.json")));
    assertEquals("notes", Files.readString(folder.resolve("dog/notes.txt")));
  }

  @Test
  void shouldRefuseAFolderInsideAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThrows(InvalidInputException.class, () -> OutputFolder.at(file));
    assertThrows(InvalidInputException.class, () -> OutputFolder.at(file.resolve("a/b")));
  }

  @Test
  void shouldLeaveNoEmptyFolderBehind() throws IOException {
    Path root = folder.resolve("made");
    OutputFolder made = OutputFolder.at(root);
    assertTrue(Files.notExists(root));
    made.stage("picture").close();
    made.tidy();
    assertTrue(Files.notExists(root));
    Files.createDirectory(root);
    OutputFolder found = OutputFolder.at(root);
    found.stage("picture").close();
    found.tidy();
    assertTrue(Files.exists(root));
  }
}
