package dev.quicklime.cli.figure;

/**
 * Name of a bar or a box, which others may have too.
 *
 * @param place among them
 * @param label what is written
 */
record Name(int place, String label) implements Comparable<Name> {

  @Override
  public int compareTo(Name other) {
    return Integer.compare(place, other.place);
  }

  @Override
  public String toString() {
    return label;
  }
}
