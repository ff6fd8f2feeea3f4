package dev.quicklime.report.print;

import dev.quicklime.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * A browser of the Chromium family that runs without a window.
 *
 * @param executable its program
 * @param patience how long it may take for a page
 */
public record Browser(Path executable, Duration patience) {

  /** Environment variable that names the program. */
  public static final String NAMED = "QUICKLIME_BROWSER";

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final List<String> NAMES =
      List.of(
          "chromium",
          "chromium-browser",
          "google-chrome",
          "google-chrome-stable",
          "chrome",
          "microsoft-edge");

  private static final List<Path> PLACES =
      List.of(
          Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
          Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"),
          Path.of("/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"));

  /**
   * The browser of this machine, or null if it has none.
   *
   * @throws InvalidInputException if the environment names one that is not there
   */
  public static @Nullable Browser find() {
    return find(System.getenv());
  }

  /** The same in an environment of one's own. */
  static @Nullable Browser find(Map<String, String> environment) {
    String named = environment.get(NAMED);
    if (named != null && !named.isBlank()) {
      Path program = Path.of(named);
      if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
        throw new InvalidInputException(
            NAMED + " must be a browser's program, which can be started, got " + named);
      }
      return new Browser(program, PATIENCE);
    }
    String path = environment.getOrDefault("PATH", "");
    Stream<Path> onPath =
        NAMES.stream()
            .flatMap(
                name ->
                    Stream.of(path.split(File.pathSeparator))
                        .filter(folder -> !folder.isBlank())
                        .map(folder -> Path.of(folder, name)));
    return Stream.concat(onPath, PLACES.stream())
        .filter(Files::isRegularFile)
        .filter(Files::isExecutable)
        .findFirst()
        .map(program -> new Browser(program, PATIENCE))
        .orElse(null);
  }

  /**
   * Prints a page to a PDF.
   *
   * @param page a file of HTML
   * @param pdf where to, over what is there; left alone if printing fails
   * @throws IOException if the browser fails, takes too long, or prints nothing
   * @throws CancellationException if the thread is interrupted
   */
  public void print(Path page, Path pdf) throws IOException {
    Path scratch = Files.createTempDirectory("quicklime-browser-");
    try {
      Path printed = scratch.resolve("page.pdf");
      Path said = scratch.resolve("said");
      Process process =
          new ProcessBuilder(command(page, printed, scratch.resolve("profile")))
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      await(process, said);
      if (!Files.isRegularFile(printed) || Files.size(printed) == 0) {
        throw new IOException(executable + " printed nothing" + lastLine(said));
      }
      Files.copy(printed, pdf, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      // A process that is going takes its own files away.
      FileUtils.deleteQuietly(scratch.toFile());
    }
  }

  private List<String> command(Path page, Path printed, Path profile) {
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    command.addAll(
        List.of(
            "--headless",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + profile,
            "--no-pdf-header-footer",
            "--print-to-pdf=" + printed));
    if ("root".equals(System.getProperty("user.name"))) {
      // Chromium's sandbox refuses to work for root.
      command.add("--no-sandbox");
    }
    command.add(page.toAbsolutePath().toUri().toString());
    return command;
  }

  private void await(Process process, Path said) throws IOException {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "%s took longer than %s s to print".formatted(executable, patience.toSeconds()));
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s ended with exit code %s%s"
                .formatted(executable, process.exitValue(), lastLine(said)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a browser was printing");
    } finally {
      // Descendants first: nothing tells them once their parent is gone.
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String lastLine(Path said) throws IOException {
    try (Stream<String> lines = Files.lines(said)) {
      return lines
          .filter(line -> !line.isBlank())
          .reduce((_, last) -> last)
          .map(line -> ": " + line.strip())
          .orElse("");
    } catch (java.io.UncheckedIOException e) {
      // Not text.
      return "";
    }
  }
}
