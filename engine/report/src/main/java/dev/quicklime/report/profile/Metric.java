package dev.quicklime.report.profile;

import java.util.List;

/** A figure that a profile shows against the number of samples. */
enum Metric {
  ERROR("error", "Error of the coefficients", "relative squared error"),
  HELD_OUT_R2("held-out-r2", "Fit to samples that no fit saw", "R² on held-out samples"),
  LIKENESS("likeness", "Likeness of the strongest superpixels", "Jaccard index"),
  COVERAGE("coverage", "Coverage of 95 % intervals", "share of the coefficients"),
  DELETION("deletion", "Area under the deletion curve", "mean probability"),
  INSERTION("insertion", "Area under the insertion curve", "mean probability");

  private final String word;
  private final String title;
  private final String axis;

  Metric(String word, String title, String axis) {
    this.word = word;
    this.title = title;
    this.axis = axis;
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
    return switch (this) {
      case ERROR -> point.error();
      case HELD_OUT_R2 -> point.heldOutR2();
      case LIKENESS -> point.likeness();
      case COVERAGE -> point.coverage();
      case DELETION -> point.deletion();
      case INSERTION -> point.insertion();
    };
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
