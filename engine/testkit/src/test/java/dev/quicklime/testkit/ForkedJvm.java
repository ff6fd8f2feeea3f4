package dev.quicklime.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program of the test class path in a JVM of its own, so that its death is a failed test and
 * not the end of all tests, and so that its error stream can be read.
 *
 * @param exitCode what the program ended with
 * @param out its standard output
 * @param err its standard error
 */
public record ForkedJvm(int exitCode, String out, String err) {
  /** Runs a class's main method with the JVM options of this one, and some more. */
  public static ForkedJvm run(
      String mainClass, List<String> arguments, int timeoutSeconds, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("--add-modules=jdk.incubator.vector"));
    all.addAll(Arrays.asList(options));
    return runPlain(mainClass, arguments, timeoutSeconds, all);
  }

  /** The same in a JVM whose modules are the default ones. */
  public static ForkedJvm runPlain(
      String mainClass, List<String> arguments, int timeoutSeconds, List<String> options)
      throws IOException, InterruptedException {
    Path err = Files.createTempFile("quicklime-forked", ".err");
    Path out = Files.createTempFile("quicklime-forked", ".out");
    try {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          Arrays.asList(
              "--enable-native-access=ALL-UNNAMED",
              "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
              "-Dorg.bytedeco.javacpp.logger=slf4j",
              "-Djava.awt.headless=true",
              "-XX:-CreateCoredumpOnCrash",
              "-Xmx1g"));
      command.addAll(options);
      command.addAll(Arrays.asList("-cp", System.getProperty("java.class.path"), mainClass));
      command.addAll(arguments);
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of(System.getProperty("java.io.tmpdir")).toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      return new ForkedJvm(process.exitValue(), read(out), read(err));
    } finally {
      Files.deleteIfExists(err);
      Files.deleteIfExists(out);
    }
  }

  private static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
