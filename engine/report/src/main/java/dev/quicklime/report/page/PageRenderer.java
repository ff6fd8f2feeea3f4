package dev.quicklime.report.page;

import com.samskivert.mustache.Mustache;
import dev.quicklime.report.text.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Turns what a page says into HTML that needs nothing beside itself. Everything is escaped but
 * figures and styles; characters that act in place of being seen are shown.
 */
public final class PageRenderer {

  /** In place of a record, which no template prints; not empty, so that its section is shown. */
  private static final String RECORD = "record";

  private PageRenderer() {}

  /**
   * Fills in a template.
   *
   * @param template one of this package
   * @param more styles beside those of all pages, one of this package, or nothing
   * @param report what the template calls by this name
   */
  public static String render(String template, String more, Object report) {
    String css = resource("report.css") + (more.isEmpty() ? "" : resource(more));
    String page =
        Mustache.compiler()
            .emptyStringIsFalse(true)
            // Whether a section's value is an empty text is asked of it as it would be printed: a
            // page would be written out with all of its figures for every section that it opens.
            .withFormatter(value -> value instanceof Record ? RECORD : String.valueOf(value))
            .withLoader(name -> new StringReader(resource(name + ".mustache")))
            .compile(resource(template))
            .execute(new Page(css, resource("explore.js"), report));
    // Labels and names are in sentences, titles and drawings.
    return Visible.text(page);
  }

  /**
   * What a template sees.
   *
   * @param css the styles
   * @param explore the script of explorers
   * @param report all texts
   */
  record Page(String css, String explore, Object report) {}

  private static String resource(String name) {
    try (InputStream in = PageRenderer.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
