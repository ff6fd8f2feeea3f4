package dev.quicklime.report.explanation;

import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.page.PageRenderer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the report of an explanation's classes. */
public final class ReportWriter {

  private ReportWriter() {}

  /**
   * Writes {@code report.html} and its figures, over what is there.
   *
   * @param folder made where it is missing
   * @throws IOException if a file cannot be written
   * @throws dev.quicklime.QuicklimeException if the machine has no fonts to write with
   */
  public static void write(ReportInput input, Path folder) throws IOException {
    ReportBuilder builder = new ReportBuilder(input);
    String page = PageRenderer.render("report.mustache", "", builder.build());
    Files.createDirectories(folder);
    try {
      // Encoding is most of the time that a report takes, and each figure is drawn by itself.
      builder.figures().parallelStream().forEach(figure -> write(figure, folder));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Files.writeString(folder.resolve("report.html"), page);
  }

  private static void write(Figure figure, Path folder) {
    try {
      Files.write(folder.resolve(figure.name() + ".png"), figure.png());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
