package dev.quicklime.report.page;

import dev.quicklime.report.text.Fact;
import java.util.List;

/**
 * What a page says before it goes into details.
 *
 * @param name of what is explained
 * @param model name of what explained it
 * @param verdict what the model makes of it, in a sentence
 * @param facts what was done
 * @param notices what a reader should know about the whole
 * @param reading how the numbers are to be read, paragraph by paragraph
 */
public record PageHead(
    String name,
    String model,
    String verdict,
    List<Fact> facts,
    List<String> notices,
    List<String> reading) {

  /** Whether there is any notice. */
  public boolean hasNotices() {
    return !notices.isEmpty();
  }
}
