package dev.quicklime.report.profile;

import dev.quicklime.report.page.Shown;
import dev.quicklime.report.text.Fact;
import java.util.List;

/**
 * Everything the page says, as text. The template does no more than lay it out.
 *
 * @param model name of the classifier
 * @param findings a sentence for each target
 * @param facts what was compared
 * @param notices what a reader should know about the whole
 * @param sections one for each target
 * @param settings what the results depend on
 * @param provenance what they were measured with
 * @param version of Quicklime
 */
public record ProfileModel(
    String model,
    List<String> findings,
    List<Fact> facts,
    List<String> notices,
    List<Section> sections,
    List<Fact> settings,
    List<Fact> provenance,
    String version) {

  /** Whether there is any notice. */
  public boolean hasNotices() {
    return !notices.isEmpty();
  }

  /**
   * All about one target.
   *
   * @param id for links
   * @param title its name
   * @param figures its charts
   * @param designs headings of {@code errors}
   * @param errors a row for each number of samples
   * @param rows all figures
   * @param bound of the stop rule that was tried
   * @param stops where it ended, one for each design; empty if none was tried
   */
  record Section(
      String id,
      String title,
      List<Shown> figures,
      List<String> designs,
      List<Errors> errors,
      List<Row> rows,
      String bound,
      List<Stopped> stops) {

    /** Whether a stop rule was tried. */
    public boolean hasStops() {
      return !stops.isEmpty();
    }
  }

  /**
   * Where a stop rule ended a design's samples.
   *
   * @param design its name
   * @param samples mean
   * @param band of the samples over seeds
   * @param error mean
   * @param coverage mean
   * @param unmet how often it was not met
   */
  record Stopped(
      String design, String samples, String band, String error, String coverage, String unmet) {}

  /**
   * Errors of all designs.
   *
   * @param samples how many
   * @param cells one for each design
   */
  record Errors(String samples, List<String> cells) {}

  /**
   * All figures of one design with some samples.
   *
   * @param design its name
   * @param samples how many
   * @param error mean
   * @param band of the error over seeds
   * @param heldOutR2 mean
   * @param likeness mean
   * @param coverage mean
   * @param deletion mean
   * @param insertion mean
   * @param time mean
   */
  record Row(
      String design,
      String samples,
      String error,
      String band,
      String heldOutR2,
      String likeness,
      String coverage,
      String deletion,
      String insertion,
      String time) {}
}
