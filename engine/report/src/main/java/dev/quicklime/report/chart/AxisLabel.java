package dev.quicklime.report.chart;

/**
 * Name of a bar or a box, which others may have too.
 *
 * @param place among them
 * @param label what is written
 */
record AxisLabel(int place, String label) implements Comparable<AxisLabel> {

  @Override
  public int compareTo(AxisLabel other) {
    return Integer.compare(place, other.place);
  }

  @Override
  public String toString() {
    return label;
  }
}
