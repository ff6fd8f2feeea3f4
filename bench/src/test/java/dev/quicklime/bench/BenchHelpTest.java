package dev.quicklime.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The launcher shows what {@code bench} says of itself without building it. */
class BenchHelpTest {

  private static final Path ROOT = root();

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && Files.notExists(folder.resolve("samples/quicklime"))) {
      folder = folder.getParent();
    }
    return folder == null ? Path.of("") : folder;
  }

  private static String kept() throws IOException {
    return Files.readString(ROOT.resolve("bench/help.txt"));
  }

  @Test
  void shouldBeKeptAsTheCommandSaysIt() throws IOException {
    CommandLine bench =
        Objects.requireNonNull(BenchMain.commandLine().getSubcommands().get("bench"));
    assertEquals(bench.getUsageMessage(Ansi.OFF), kept());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "--guard --help"})
  void shouldBeShownWithoutAJdkAndWithoutABuild(String words)
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash here");
    Process process =
        new ProcessBuilder(
                List.of(
                    "/bin/bash",
                    "-c",
                    "JAVA_HOME=/nowhere QUICKLIME_PROFILE= '"
                        + ROOT.resolve("samples/quicklime")
                        + "' bench "
                        + words))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    assertEquals(kept(), said);
  }
}
