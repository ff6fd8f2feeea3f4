package dev.quicklime.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentFilesTest {

  @TempDir Path folder;

  private String file(String name, String text) throws IOException {
    return "@" + Files.writeString(folder.resolve(name), text);
  }

  private static List<String> words(String... args) {
    ArgumentFiles read = ArgumentFiles.of(args);
    assertNull(read.wrong());
    return read.words();
  }

  private static String refused(String... args) {
    ArgumentFiles read = ArgumentFiles.of(args);
    InvalidInputException wrong = read.wrong();
    assertNotNull(wrong);
    assertEquals(List.of(args), read.words());
    String message = String.valueOf(wrong.getMessage());
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @Test
  void shouldLeaveOtherWordsAsTheyAre() {
    assertEquals(
        List.of("explain", "a@b.png", "--fill=@x", "@", ""),
        words("explain", "a@b.png", "--fill=@x", "@", ""));
  }

  @Test
  void shouldTakeWordsOfAFileInTheirPlace() throws IOException {
    String file =
        file(
            "run.args",
            "\uFEFF--samples 200 # of each\n\n# a line\n--seed=3\t'a b.png' \"#ff0\"\n");
    assertEquals(
        List.of("explain", "--samples", "200", "--seed=3", "a b.png", "#ff0", "--quiet"),
        words("explain", file, "--quiet"));
    assertEquals(List.of(), words(file("empty.args", "\n# nothing\n")));
  }

  @Test
  void shouldTakeFilesWithinFiles() throws IOException {
    String inner = file("inner.args", "--seed 3 @@cat.png");
    assertEquals(
        List.of("--seed", "3", "@cat.png", "--quiet"), words(file("o.args", inner + " --quiet")));
    // Twice is no circle.
    assertEquals(
        List.of("--seed", "3", "@cat.png", "--seed", "3", "@cat.png"), words(inner, inner));
  }

  @Test
  void shouldTakeANameWithASecondSignForTheFirst() {
    assertEquals(List.of("@cat.png", "@@cat.png"), words("@@cat.png", "@@@cat.png"));
  }

  @Test
  void shouldRefuseWhatIsNoFileOfWords() throws IOException {
    String missing = "@" + folder.resolve("none.args");
    assertTrue(refused("explain", missing).contains("must be there, got no file of that name"));
    assertTrue(refused(missing).endsWith("@" + missing), refused(missing));
    assertTrue(refused(file("outer.args", missing)).contains("none.args must be there"));
    assertTrue(refused("@" + folder).endsWith("must be a file, got a folder"));
    Path bytes = Files.write(folder.resolve("cat.png"), new byte[] {(byte) 0x89, 'P', (byte) 0xff});
    assertTrue(refused("@" + bytes).contains("must be text in UTF-8, got other bytes"));
    String circle = "@" + folder.resolve("a.args");
    Files.writeString(folder.resolve("a.args"), "--quiet " + file("b.args", circle));
    assertTrue(refused(circle).contains("must not name itself"), refused(circle));
    Path large = Files.write(folder.resolve("large.args"), new byte[(1 << 20) + 1]);
    assertTrue(refused("@" + large).contains("must be text of at most 1 MiB"));
  }
}
