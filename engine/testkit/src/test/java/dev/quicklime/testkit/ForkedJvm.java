package dev.quicklime.testkit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs a program of the test class path in a JVM of its own, so that its death is a failed test and
 * not the end of all tests, and so that its error stream can be read.
 *
 * @param exitCode what the program ended with
 * @param out its standard output
 * @param err its standard error
 */
public record ForkedJvm(int exitCode, String out, String err) {
  private static final int PLAIN_SECONDS = 120;

  /** The class path of this JVM without a library, whatever its version. */
  public static String classPathWithout(String library) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).getFileName().toString().startsWith(library))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Runs a class's main method with no JVM options but those that are given. */
  public static ForkedJvm plain(String mainClass, String classPath, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Arrays.asList(options));
    command.addAll(List.of("-cp", classPath, mainClass));
    return run(command, PLAIN_SECONDS);
  }

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
    List<String> command =
        new ArrayList<>(
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dorg.bytedeco.javacpp.logger=slf4j",
                "-Djava.awt.headless=true",
                "-XX:-CreateCoredumpOnCrash",
                "-Xmx1g"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    return run(command, timeoutSeconds);
  }

  private static ForkedJvm run(List<String> arguments, int timeoutSeconds)
      throws IOException, InterruptedException {
    Path err = Files.createTempFile("quicklime-forked", ".err");
    Path out = Files.createTempFile("quicklime-forked", ".out");
    try {
      List<String> command = new ArrayList<>(arguments);
      command.addFirst(Path.of(System.getProperty("java.home"), "bin", "java").toString());
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
