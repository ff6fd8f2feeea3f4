package dev.quicklime.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documentation says of {@code samples/quicklime bench} is read by the command. */
class DocumentedCommandsTest {

  private static final Pattern COMMAND =
      Pattern.compile("(?m)(?:^|`)samples/quicklime (bench(?: [-\\w./]+)*)(?:`| {2,}|$)");

  @Test
  void shouldBeUnderstood() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("samples/quicklime"))) {
      root = Objects.requireNonNull(root.getParent(), "the folder of samples/quicklime");
    }
    int checked = 0;
    for (String page :
        List.of(
            "README.md",
            "CONTRIBUTING.md",
            "docs/speed.md",
            "docs/gradcam.md",
            "bench/README.md")) {
      Matcher command = COMMAND.matcher(Files.readString(root.resolve(page)));
      while (command.find()) {
        if (!command.group(1).contains(" -- ")) {
          checked++;
          BenchMain.commandLine().parseArgs(command.group(1).split(" "));
        }
      }
    }
    assertTrue(checked > 8, checked + " commands");
  }
}
