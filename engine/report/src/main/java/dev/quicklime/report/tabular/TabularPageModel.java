package dev.quicklime.report.tabular;

import dev.quicklime.report.drawing.Figure;
import java.util.List;

/**
 * Everything the page says, as text. The template does no more than lay it out.
 *
 * @param title data and row
 * @param model name of the model
 * @param verdict what the model says of the row
 * @param facts how it was explained
 * @param notices what a reader should know about the whole
 * @param reading how the numbers are to be read
 * @param sections one for each class
 * @param features the row and how its columns were perturbed
 * @param timings time of each stage
 * @param provenance what it was made with
 * @param version of Quicklime
 */
public record TabularPageModel(
    String title,
    String model,
    String verdict,
    List<Fact> facts,
    List<String> notices,
    List<String> reading,
    List<Section> sections,
    List<Perturbed> features,
    List<Fact> timings,
    List<Fact> provenance,
    String version) {

  /** Whether there is any notice. */
  public boolean hasNotices() {
    return !notices.isEmpty();
  }

  /**
   * A name and its value.
   *
   * @param name of the value
   * @param value with its unit
   */
  record Fact(String name, String value) {}

  /**
   * All about one class.
   *
   * @param id for links
   * @param label its name
   * @param facts numbers of the fit
   * @param notices what a reader should know about the fit
   * @param number of the figure, from 1
   * @param figure bars
   * @param rows effects, the strongest first
   * @param hasMargins whether there are intervals
   * @param unit the explained value
   * @param constraints headings of {@code comparison}
   * @param comparison coefficients by form of constraint
   * @param norms what else the forms differ in
   */
  record Section(
      String id,
      String label,
      List<Fact> facts,
      List<String> notices,
      int number,
      Figure figure,
      List<Row> rows,
      boolean hasMargins,
      String unit,
      List<String> constraints,
      List<Line> comparison,
      List<Line> norms) {

    /** Whether there is any notice. */
    public boolean hasNotices() {
      return !notices.isEmpty();
    }
  }

  /**
   * One effect.
   *
   * @param feature name and value
   * @param coefficient in original units
   * @param margin of its interval
   * @param perDeviation for one standard deviation
   * @param marginPerDeviation of its interval
   * @param sign {@code for}, {@code against} or nothing
   */
  record Row(
      String feature,
      String coefficient,
      String margin,
      String perDeviation,
      String marginPerDeviation,
      String sign) {}

  /**
   * A line of the comparison.
   *
   * @param name of what is compared
   * @param cells one for each form
   */
  record Line(String name, List<String> cells) {}

  /**
   * A column of the table.
   *
   * @param name of the column
   * @param value the row's
   * @param noise how it was perturbed
   */
  record Perturbed(String name, String value, String noise) {}
}
