package dev.quicklime.report.explanation;

import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.page.PageRenderer;
import java.io.IOException;
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
    write(new ReportBuilder(input), folder);
  }

  static void write(ReportBuilder builder, Path folder) throws IOException {
    String page = PageRenderer.render("report.mustache", "", builder.build());
    Files.createDirectories(folder);
    for (Figure figure : builder.figures()) {
      Files.write(folder.resolve(figure.name() + ".png"), figure.png());
    }
    Files.writeString(folder.resolve("report.html"), page);
  }
}
