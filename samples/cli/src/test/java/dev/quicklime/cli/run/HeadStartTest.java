package dev.quicklime.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.Main;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadStartTest {

  @TempDir private Path folder;

  /** What a process of its own left; the threads of a head start end with it. */
  private record Ended(int code, List<String> stderr) {}

  private Ended run(List<String> options, String... arguments)
      throws IOException, InterruptedException {
    return ended(start(options, arguments));
  }

  private Process start(List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dorg.bytedeco.javacpp.logger=slf4j");
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
    command.add("-Ddev.quicklime.kernels=scalar");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static Ended ended(Process process) throws IOException, InterruptedException {
    try (InputStream stderr = process.getErrorStream()) {
      String said = new String(stderr.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process does not end");
      return new Ended(process.exitValue(), said.lines().toList());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void shouldPayForExplanationsAlone() {
    assertTrue(HeadStart.pays(List.of("explain", "cat.png")));
    assertTrue(HeadStart.pays(List.of("explain")));
    assertFalse(HeadStart.pays(List.of()));
    assertFalse(HeadStart.pays(List.of("doctor")));
    assertFalse(HeadStart.pays(List.of("--version")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help", "-V", "--version"})
  void shouldLoadNothingForAHelpText(String option) {
    assertFalse(HeadStart.pays(List.of("explain", "cat.png", option)));
  }

  @Test
  void shouldReportAWrongOptionWhileNativeCodeIsBeingLoaded() throws Exception {
    Ended ended = run(List.of(), "explain", "--segments", "1");
    assertEquals(2, ended.code(), ended.stderr().toString());
    assertEquals(1, ended.stderr().size(), ended.stderr().toString());
    assertTrue(ended.stderr().getFirst().contains("segments must be"), ended.stderr().toString());
  }

  @Test
  void shouldReportAMissingModelInOneLine() throws Exception {
    Path model = folder.resolve("none.pt");
    Ended ended = run(List.of(), "explain", "--model", model.toString());
    assertEquals(2, ended.code(), ended.stderr().toString());
    assertEquals(1, ended.stderr().size(), ended.stderr().toString());
    assertTrue(
        ended.stderr().getFirst().contains(model + " does not exist"), ended.stderr().toString());
  }

  @Test
  void shouldSayWhatToDoWhereNativeCodeCannotBeUnpacked() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Ended ended =
        run(
            List.of(
                "-Duser.home=" + file,
                "-Djava.io.tmpdir=" + file,
                "-Ddev.quicklime.cache=" + folder,
                "-Dorg.bytedeco.javacpp.cachedir=" + file.resolve("cache")),
            "explain",
            "--out",
            folder.resolve("out").toString());
    assertEquals(2, ended.code(), ended.stderr().toString());
    assertTrue(
        ended.stderr().getLast().contains("cannot be loaded")
            || ended.stderr().getLast().contains("cachedir"),
        ended.stderr().toString());
  }

  @Test
  void shouldEndInGoodOrderWhenInterruptedAtTheStart() throws Exception {
    Process process = start(List.of(), "explain", "--out", folder.resolve("out").toString());
    Thread.sleep(600);
    process.toHandle().destroy();
    Ended ended = ended(process);
    // What a shell says of SIGTERM; a crash would be 134 or 139.
    assertEquals(143, ended.code(), ended.stderr().toString());
  }
}
