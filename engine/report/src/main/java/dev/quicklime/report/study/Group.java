package dev.quicklime.report.study;

import dev.quicklime.report.figure.ColourKey;
import dev.quicklime.report.page.Explorer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A numbered figure of a study, of one or more panels.
 *
 * @param number in the study, from 1
 * @param title what it shows
 * @param caption what a reader needs to read it, panel by panel, as far as it was not said before
 * @param as numbers of the figures that said the rest
 * @param compact whether it is one of many, for which there is less room on paper
 * @param tags how many times larger numbers on pictures are on paper
 * @param panels what is drawn
 */
record Group(
    int number,
    String title,
    String caption,
    List<Integer> as,
    boolean compact,
    String tags,
    List<Panel> panels) {

  Group {
    as = List.copyOf(as);
    panels = List.copyOf(panels);
  }

  /**
   * A panel.
   *
   * @param letter that the caption calls it by, or nothing where there is only one
   * @param markup as a part of the page; nothing where there is an explorer
   * @param explorer the same for readers to ask, or null
   * @param shape what it is
   * @param key to its colours, or null
   */
  record Panel(
      String letter,
      String markup,
      @Nullable Explorer explorer,
      StudyPanel.Shape shape,
      @Nullable ColourKey key) {

    /** Whether it takes the place of two. */
    public boolean wide() {
      return shape == StudyPanel.Shape.WIDE;
    }

    /** Whether it is a picture, as large as all others. */
    public boolean pictured() {
      return shape == StudyPanel.Shape.PICTURE;
    }
  }

  /** Whether readers can ask it. */
  public boolean isExplorer() {
    return panels.stream().anyMatch(panel -> panel.explorer() != null);
  }

  /** What its panels need: one takes the whole width. */
  public String layout() {
    return panels.size() == 1 ? "single" : compact ? "panels compact" : "panels";
  }
}
