package dev.quicklime.report.tabular;

import dev.quicklime.files.TabularArchive;
import dev.quicklime.files.TabularJson;
import dev.quicklime.report.drawing.FigureFiles;
import dev.quicklime.report.drawing.FigureFormat;
import dev.quicklime.report.page.PageFigures;
import dev.quicklime.report.page.PageRenderer;
import dev.quicklime.tabular.TabularExplanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An explained row with what it is shown beside.
 *
 * @param data name of the table
 * @param row which of its rows, from 0
 * @param explanation of the row
 * @param constraints surrogates side by side
 */
public record TabularResult(
    String data, int row, TabularExplanation explanation, List<Constraint> constraints) {

  /** Copies the list. */
  public TabularResult {
    constraints = List.copyOf(constraints);
  }

  /**
   * Writes {@code tabular.json}, {@code report.html} and its charts.
   *
   * @param folder that is there
   * @param export whether {@code run.npz} is written too
   * @throws IOException if a file cannot be written
   * @throws dev.quicklime.QuicklimeException if the machine has no fonts to write with
   */
  public void write(Path folder, boolean export) throws IOException {
    write(folder, export, EnumSet.of(FigureFormat.PNG));
  }

  /**
   * The same with charts in some formats; the page is the same whatever they are.
   *
   * @param folder that is there
   * @param export whether {@code run.npz} is written too
   * @param formats of each chart's files
   * @throws IOException if a file cannot be written
   * @throws dev.quicklime.QuicklimeException if the machine has no fonts to write with
   */
  public void write(Path folder, boolean export, Set<FigureFormat> formats) throws IOException {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(formats, "formats");
    // First, as it needs no fonts.
    Files.writeString(
        folder.resolve("tabular.json"),
        TabularJson.of(
            explanation, data, row, constraints.stream().map(Constraint::fits).toList()));
    if (export) {
      TabularArchive.write(explanation, folder.resolve("run.npz"));
    }
    TabularPageBuilder builder = new TabularPageBuilder(this, new PageFigures(formats));
    String page = PageRenderer.render("tabular.mustache", "tabular.css", builder.build());
    FigureFiles.write(builder.figures(), folder, formats);
    Files.writeString(folder.resolve("report.html"), page);
  }
}
