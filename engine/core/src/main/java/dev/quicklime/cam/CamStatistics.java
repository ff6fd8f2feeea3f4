package dev.quicklime.cam;

import dev.quicklime.image.Placement;
import java.util.Objects;

/**
 * Figures of one map.
 *
 * @param min smallest value
 * @param max largest value
 * @param mean of all values
 * @param frame of the largest value, of the map's frames
 * @param row of the largest value, of the map's rows
 * @param column of the largest value, of the map's columns
 */
public record CamStatistics(double min, double max, double mean, int frame, int row, int column) {

  /** Counts a map; the first of equal values is its peak. */
  public static CamStatistics of(CamMap map) {
    Objects.requireNonNull(map, "map");
    float[] values = map.values();
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    int peak = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i];
      min = Math.min(min, values[i]);
      if (values[i] > values[peak]) {
        peak = i;
      }
    }
    int places = map.height() * map.width();
    return new CamStatistics(
        min,
        values[peak],
        sum / values.length,
        peak / places,
        peak % places / map.width(),
        peak % map.width());
  }

  /** Column of the picture, in pixels from its left edge, where the peak's centre lies. */
  public double x(CamMap map, Placement placement, int inputWidth) {
    return ((column + 0.5) * inputWidth / map.width() - placement.offsetX()) / placement.scaleX();
  }

  /** Row of the picture, in pixels from its upper edge, where the peak's centre lies. */
  public double y(CamMap map, Placement placement, int inputHeight) {
    return ((row + 0.5) * inputHeight / map.height() - placement.offsetY()) / placement.scaleY();
  }
}
