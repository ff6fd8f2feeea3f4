package dev.quicklime.report.tabular;

import dev.quicklime.report.page.PageHead;
import dev.quicklime.report.page.SectionHead;
import dev.quicklime.report.page.Shown;
import dev.quicklime.report.text.Fact;
import java.util.List;

/**
 * Everything the page says, as text. The template does no more than lay it out.
 *
 * @param head data and row, and how they were explained
 * @param sections one for each class
 * @param features the row and how its columns were perturbed
 * @param timings time of each stage
 * @param provenance what it was made with
 * @param version of Quicklime
 */
public record TabularPageModel(
    PageHead head,
    List<Section> sections,
    List<Perturbed> features,
    List<Fact> timings,
    List<Fact> provenance,
    String version) {

  /**
   * All about one class.
   *
   * @param head its name and the numbers of its fit
   * @param chart bars
   * @param effects coefficients, the strongest first
   * @param forms the same by form of constraint
   */
  record Section(SectionHead head, Shown chart, EffectTable effects, FormTable forms) {}

  /**
   * The coefficients of a class.
   *
   * @param unit the explained value
   * @param hasMargins whether there are intervals
   * @param rows one for each feature
   */
  record EffectTable(String unit, boolean hasMargins, List<Row> rows) {}

  /**
   * Coefficients by form of constraint.
   *
   * @param constraints headings of the columns
   * @param comparison a line for each feature
   * @param norms what else the forms differ in
   */
  record FormTable(List<String> constraints, List<Line> comparison, List<Line> norms) {}

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
