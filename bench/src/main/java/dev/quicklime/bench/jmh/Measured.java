package dev.quicklime.bench.jmh;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A benchmark with a value for every parameter.
 *
 * @param benchmark class and method
 * @param params value by name
 */
public record Measured(String benchmark, SortedMap<String, String> params) {

  /** Copies the parameters. */
  public Measured {
    params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
  }

  /** The same with some values exchanged. */
  public Measured with(Map<String, String> others) {
    SortedMap<String, String> changed = new TreeMap<>(params);
    changed.putAll(others);
    return new Measured(benchmark, changed);
  }

  @Override
  public String toString() {
    return benchmark + params;
  }
}
