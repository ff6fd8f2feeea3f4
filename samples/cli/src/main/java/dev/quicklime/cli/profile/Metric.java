package dev.quicklime.cli.profile;

import java.util.List;
import java.util.function.Function;

/** A figure that a profile shows against the number of samples. */
enum Metric {
  ERROR("error", "Error of the coefficients", "relative squared error", Point::error),
  HELD_OUT_R2(
      "held-out-r2", "Fit to samples that no fit saw", "R² on held-out samples", Point::heldOutR2),
  LIKENESS("likeness", "Likeness of the strongest superpixels", "Jaccard index", Point::likeness),
  COVERAGE("coverage", "Coverage of 95 % intervals", "share of the coefficients", Point::coverage),
  DELETION("deletion", "Area under the deletion curve", "mean probability", Point::deletion),
  INSERTION("insertion", "Area under the insertion curve", "mean probability", Point::insertion);

  private final String word;
  private final String title;
  private final String axis;
  private final Function<Point, Band> figure;

  Metric(String word, String title, String axis, Function<Point, Band> figure) {
    this.word = word;
    this.title = title;
    this.axis = axis;
    this.figure = figure;
  }

  /** Part of file names. */
  String word() {
    return word;
  }

  String title() {
    return title;
  }

  /** What is measured, with its unit. */
  String axis() {
    return axis;
  }

  Band of(Point point) {
    return figure.apply(point);
  }

  /** Whether there is a figure in any of some points. */
  boolean isIn(Iterable<List<Point>> curves) {
    for (List<Point> curve : curves) {
      if (curve.stream().anyMatch(point -> !of(point).isEmpty())) {
        return true;
      }
    }
    return false;
  }
}
