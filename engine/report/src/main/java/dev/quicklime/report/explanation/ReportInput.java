package dev.quicklime.report.explanation;

import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.report.figure.Show;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a report is made of.
 *
 * @param name what the report calls the picture
 * @param picture the file it came from; it is named, not read
 * @param explanation what is shown
 * @param fidelity how far the explanation can be trusted, or null where that was not measured
 * @param beside Grad-CAM of the same classes, or null
 * @param show which weights figures and tables show
 * @param drawn how many classes have figures of their own, ≥ 1; of the others the page has numbers
 */
public record ReportInput(
    String name,
    Path picture,
    Explanation explanation,
    @Nullable Fidelity fidelity,
    @Nullable SideBySide beside,
    Show show,
    int drawn) {

  /** Checks the number of classes with figures. */
  public ReportInput {
    if (drawn < 1) {
      throw new InvalidInputException("classes with figures must be at least 1, got " + drawn);
    }
  }

  /** What a report with figures of all classes is made of. */
  public ReportInput(
      String name,
      Path picture,
      Explanation explanation,
      @Nullable Fidelity fidelity,
      @Nullable SideBySide beside,
      Show show) {
    this(name, picture, explanation, fidelity, beside, show, Integer.MAX_VALUE);
  }
}
