package dev.quicklime.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class ColoursTest {

  private static String help(Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.quicklime.cli.Main",
                "explain",
                "--help"));
    builder.environment().keySet().removeAll(List.of("NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR"));
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  private static String printed(String text, Ansi ansi) {
    StringWriter out = new StringWriter();
    Colours.print(new PrintWriter(out, true), text, ansi);
    return out.toString();
  }

  @Test
  void shouldColourHowFarWeightsFollowTheModel() {
    String text = "  cat: follows the model hardly (R2 0.1)\n";
    assertEquals(text, printed(text, Ansi.OFF));
    assertEquals(
        "  cat: follows the model \u001b[31mhardly\u001b[39m\u001b[0m (R2 0.1)\n",
        printed(text, Ansi.ON));
  }

  @Test
  void shouldObeyNoNameWhereItColours() {
    assertEquals("\\u001b[2J @|red x|@\n", printed("\u001b[2J @|red x|@\n", Ansi.ON));
  }

  @Test
  void shouldColourNothingThatIsNoTerminal() throws IOException, InterruptedException {
    assertFalse(help(Map.of()).contains("\u001b"));
  }

  @Test
  void shouldColourNothingWhereTheEnvironmentSaysSo() throws IOException, InterruptedException {
    assertTrue(help(Map.of("CLICOLOR_FORCE", "1")).contains("\u001b["));
    assertFalse(help(Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1")).contains("\u001b"));
  }
}
