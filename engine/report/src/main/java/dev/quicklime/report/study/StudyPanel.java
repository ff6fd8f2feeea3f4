package dev.quicklime.report.study;

import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.figure.ColourKey;
import org.jspecify.annotations.Nullable;

/**
 * A panel of a figure, as a file that stands alone and as a part of the page.
 *
 * @param file with all that is needed to read it
 * @param shown the same where the page says some of that itself, with the same caption
 * @param key to its colours, for the page to write, or null
 * @param shape what it is
 */
record StudyPanel(Figure file, Figure shown, @Nullable ColourKey key, Shape shape) {

  /** What panels are, by which they are given room. */
  enum Shape {
    /** The picture with layers over it, all of one size. */
    PICTURE,
    /** A chart. */
    CHART,
    /** A chart that takes the place of two. */
    WIDE
  }

  static StudyPanel picture(Figure figure) {
    return new StudyPanel(figure, figure, null, Shape.PICTURE);
  }

  static StudyPanel chart(Figure file, Figure shown) {
    return new StudyPanel(file, shown, null, Shape.CHART);
  }
}
