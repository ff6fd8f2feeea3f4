package dev.quicklime.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quicklime.cli.ServedProcess;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the page of the service has for curl is answered by the bundled model. */
class ServiceLinesTest {

  private static final String ADDRESS = "http://127.0.0.1:8080";

  @TempDir Path folder;

  @Test
  @Timeout(240)
  void shouldBeAnswered() throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "curl"))),
        "needs curl");
    Page page = Page.read(Repository.root().resolve("docs").resolve("service.md"));
    int asked = 0;
    try (ServedProcess served =
        ServedProcess.start(folder.resolve("errors"), "", "--quiet", "--batch", "16")) {
      for (Page.Block block : page.blocks()) {
        String text = String.join("\n", block.lines());
        if (!block.language().equals("sh") || !text.contains("curl ")) {
          continue;
        }
        asked++;
        Path said = folder.resolve("said");
        Process shell =
            new ProcessBuilder(
                    "bash", "-euo", "pipefail", "-c", text.replace(ADDRESS, served.url()))
                .directory(Repository.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertTrue(shell.waitFor(60, TimeUnit.SECONDS), text);
        assertEquals(0, shell.exitValue(), text + "\n" + Files.readString(said));
        assertTrue(Files.size(said) > 10, text);
      }
    }
    assertTrue(asked >= 5, asked + " blocks");
  }
}
