package dev.quicklime.report.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.page.PageRenderer;
import dev.quicklime.report.paper.Citation;
import dev.quicklime.report.paper.PaperTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what a profile found, over what is there.
 *
 * @param summary of all that was measured
 * @param settings what the results depend on
 * @param provenance what they were measured with; its {@code model.name} heads the page
 */
public record ProfilePage(ProfileSummary summary, ObjectNode settings, ObjectNode provenance) {

  /**
   * Writes {@code profile.html}, its charts as PNG, SVG and PDF, its tables of errors as CSV and
   * LaTeX, {@code quicklime.bib}, and {@code profile.json}.
   *
   * @param folder that is there
   * @throws IOException if a file cannot be written
   * @throws dev.quicklime.QuicklimeException if the machine has no fonts to write with
   */
  public void write(Path folder) throws IOException {
    // First, as it needs no fonts.
    Files.writeString(
        folder.resolve("profile.json"), ProfileJson.of(summary, settings, provenance));
    ProfileModelBuilder builder = new ProfileModelBuilder(summary);
    String page =
        PageRenderer.render("profile.mustache", "profile.css", builder.build(settings, provenance));
    for (Figure figure : builder.figures()) {
      figure.write(folder, figure.name());
    }
    for (PaperTable table : builder.tables()) {
      table.write(folder);
    }
    Citation.write(folder);
    Files.writeString(folder.resolve("profile.html"), page);
  }
}
