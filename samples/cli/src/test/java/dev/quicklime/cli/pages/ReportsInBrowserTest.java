package dev.quicklime.cli.pages;

import dev.quicklime.cli.Commands;
import dev.quicklime.scenes.Bundled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Opens the report of every preset as a reader does. */
class ReportsInBrowserTest extends PresetPages {

  @Override
  Path write(String preset, Path folder) {
    Path out = folder.resolve("reports ä " + preset);
    Commands.run(
        "explain",
        Bundled.pictures().getFirst().toString(),
        "--preset",
        preset,
        "--with-gradcam",
        "--quiet",
        "--out",
        out.toString());
    try (Stream<Path> found = Files.walk(out)) {
      return found.filter(file -> file.endsWith("report.html")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
