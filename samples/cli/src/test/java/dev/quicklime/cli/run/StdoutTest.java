package dev.quicklime.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StdoutTest {

  /** What a shell says of the command's help, printed to a place. */
  private static String printed(String where) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash here");
    String script =
        "\"$0\" --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED -cp \"$1\""
            + " dev.quicklime.cli.Main explain --help "
            + where
            + "; echo \"code ${PIPESTATUS[0]}\"";
    Process process =
        new ProcessBuilder(
                "/bin/bash",
                "-c",
                script,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said.lines().filter(line -> !line.startsWith("WARNING")).reduce("", "%s%s\n"::formatted);
  }

  @Test
  void shouldSayNothingWhereNobodyReadsOn() throws IOException, InterruptedException {
    assertEquals("code 1\n", printed("| exec 0<&-"));
  }

  @Test
  void shouldSaySoWhereAPlaceTakesNoMore() throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "there is no full device here");
    assertEquals(
        "quicklime: what was to be printed could not be written\ncode 1\n", printed(">/dev/full"));
  }
}
