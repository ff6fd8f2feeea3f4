package dev.quicklime.report.explanation;

import dev.quicklime.report.drawing.FigureFiles;
import dev.quicklime.report.drawing.FigureFormat;
import dev.quicklime.report.page.PageFigures;
import dev.quicklime.report.page.PageRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

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
    write(input, folder, EnumSet.of(FigureFormat.PNG));
  }

  /**
   * The same with figures in some formats; the page is the same whatever they are.
   *
   * @param folder made where it is missing
   * @param formats of each figure's files, none of them where the page is enough
   * @throws IOException if a file cannot be written
   * @throws dev.quicklime.QuicklimeException if the machine has no fonts to write with
   */
  public static void write(ReportInput input, Path folder, Set<FigureFormat> formats)
      throws IOException {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(formats, "formats");
    write(new ReportBuilder(input, new PageFigures(formats)), folder, formats);
  }

  static void write(ReportBuilder builder, Path folder, Set<FigureFormat> formats)
      throws IOException {
    String page = PageRenderer.render("report.mustache", "", builder.build());
    Files.createDirectories(folder);
    FigureFiles.write(builder.figures(), folder, formats);
    Files.writeString(folder.resolve("report.html"), page);
  }
}
