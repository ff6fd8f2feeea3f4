package dev.quicklime.report.page;

import dev.quicklime.report.text.Fact;
import dev.quicklime.report.text.Words;
import java.util.List;
import java.util.Map;

/**
 * How what a page shows was made.
 *
 * @param timings where the time went
 * @param total of the timings
 * @param provenance what it was made with
 * @param version of Quicklime
 */
public record Making(List<Fact> timings, String total, List<Fact> provenance, String version) {

  /** What times of a whole are called by. */
  private static final String TOTAL = "total";

  /**
   * The making of something.
   *
   * @param milliseconds times by what took them, {@code total} among them
   * @param provenance what it was made with
   * @param version of Quicklime
   */
  public static Making of(
      Map<String, Double> milliseconds, Map<String, String> provenance, String version) {
    return new Making(
        milliseconds.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(TOTAL))
            .map(entry -> new Fact(entry.getKey(), Words.duration(entry.getValue())))
            .toList(),
        Words.duration(milliseconds.getOrDefault(TOTAL, 0.0)),
        provenance.entrySet().stream()
            .map(entry -> new Fact(entry.getKey(), entry.getValue()))
            .toList(),
        version);
  }
}
