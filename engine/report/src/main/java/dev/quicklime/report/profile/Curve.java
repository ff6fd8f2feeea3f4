package dev.quicklime.report.profile;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A design's mean error against its number of samples: straight lines between the logarithms of
 * what was measured.
 *
 * @param points rising in samples
 */
record Curve(List<Point> points) {

  boolean isEmpty() {
    return points.isEmpty();
  }

  /** The number of samples nearest to one that the curve reaches; the curve must not be empty. */
  double nearest(double samples) {
    return Math.clamp(samples, points.getFirst().samples(), points.getLast().samples());
  }

  /** Error with some samples, or with the nearest number that was measured. */
  OptionalDouble errorAt(double samples) {
    if (points.isEmpty()) {
      return OptionalDouble.empty();
    }
    double asked = nearest(samples);
    for (int i = 1; i < points.size(); i++) {
      Point a = points.get(i - 1);
      Point b = points.get(i);
      if (asked >= a.samples() && asked <= b.samples()) {
        double share = Math.log(asked / a.samples()) / Math.log((double) b.samples() / a.samples());
        return share == 1
            ? finite(b.error().mean())
            : finite(a.error().mean() * Math.pow(b.error().mean() / a.error().mean(), share));
      }
    }
    return finite(points.getFirst().error().mean());
  }

  /**
   * The fewest samples from which on the error stays at or below one; empty if it does not come
   * down to it, and the first number that was measured if it was below from the first.
   */
  OptionalDouble samplesFor(double error) {
    double found = Double.NaN;
    for (int i = points.size() - 1; i >= 0; i--) {
      double here = points.get(i).error().mean();
      if (!(here <= error)) {
        if (i + 1 < points.size() && Double.isFinite(here)) {
          Point next = points.get(i + 1);
          double share = Math.log(here / error) / Math.log(here / next.error().mean());
          int samples = points.get(i).samples();
          found = samples * Math.pow((double) next.samples() / samples, share);
        }
        break;
      }
      found = points.get(i).samples();
    }
    return finite(found);
  }

  private static OptionalDouble finite(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** Whether a number of samples is the smallest that was measured, so that fewer may do too. */
  boolean beginsAt(double samples) {
    return !points.isEmpty() && points.getFirst().samples() == samples;
  }
}
