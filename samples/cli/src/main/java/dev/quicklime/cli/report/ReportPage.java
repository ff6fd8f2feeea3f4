package dev.quicklime.cli.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Turns a report into HTML that needs nothing beside itself. Everything is escaped but figures and
 * styles.
 */
final class ReportPage {

  private ReportPage() {}

  static String render(ReportModel model) {
    return Mustache.compiler().compile(resource("report.mustache")).execute(new Page(model));
  }

  /**
   * What the template sees.
   *
   * @param report all texts
   */
  record Page(ReportModel report) {

    /** The styles. */
    public String css() {
      return resource("report.css");
    }
  }

  static String css() {
    return resource("report.css");
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
