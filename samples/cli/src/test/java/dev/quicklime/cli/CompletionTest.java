package dev.quicklime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {

  @TempDir private Path folder = Path.of("");

  private Path script() throws IOException {
    Ran ran = Ran.command("generate-completion");
    assertEquals(0, ran.code(), ran.err());
    return Files.writeString(folder.resolve("completion.bash"), ran.out());
  }

  private static String bash(String... words) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash here");
    String[] command = new String[words.length + 1];
    command[0] = "/bin/bash";
    System.arraycopy(words, 0, command, 1, words.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  /** What bash offers for the last of some words. */
  private List<String> offered(String... words) throws IOException, InterruptedException {
    String line = String.join(" ", words);
    String asked =
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%s; COMP_LINE='%s'; COMP_POINT=%s; _complete_quicklime; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script(), line, words.length - 1, line, line.length());
    return bash("-c", asked).lines().toList();
  }

  @Test
  void shouldWriteAScriptThatBashCanRead() throws IOException, InterruptedException {
    assertEquals("", bash("-n", script().toString()));
  }

  @Test
  void shouldCompleteCommandsAndOptions() throws IOException, InterruptedException {
    assertTrue(offered("quicklime", "expl").contains("explain"));
    List<String> options = offered("quicklime", "explain", "--seg");
    assertTrue(options.containsAll(List.of("--segments", "--segmenter")), options.toString());
    for (String command : List.of("explain", "gradcam", "tabular")) {
      assertTrue(offered("quicklime", command, "--figure-f").contains("--figure-formats"), command);
    }
  }
}
