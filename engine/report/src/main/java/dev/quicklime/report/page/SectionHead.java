package dev.quicklime.report.page;

import dev.quicklime.report.text.Fact;
import java.util.List;

/**
 * What the section of a class begins with.
 *
 * @param id for links
 * @param label the class's name
 * @param index its number
 * @param facts its numbers
 * @param notices what a reader should know about it
 */
public record SectionHead(
    String id, String label, int index, List<Fact> facts, List<String> notices) {

  /** Whether there is any notice. */
  public boolean hasNotices() {
    return !notices.isEmpty();
  }
}
