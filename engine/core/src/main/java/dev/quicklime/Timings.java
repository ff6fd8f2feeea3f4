package dev.quicklime;

import java.util.EnumMap;
import java.util.Map;

/**
 * Wall-clock times of an explanation, from opening the picture to the finished explanation, without
 * start-up and figures.
 *
 * @param milliseconds time of each stage
 * @param total the whole, in milliseconds; what is between the stages included
 */
public record Timings(Map<Stage, Double> milliseconds, double total) {

  /** Copies the map. */
  public Timings {
    milliseconds = Map.copyOf(milliseconds);
  }

  /** Time of a stage in milliseconds, 0 if it did not take place. */
  public double of(Stage stage) {
    return milliseconds.getOrDefault(stage, 0.0);
  }

  /** Adds up times; for one thread. */
  static final class Clock {

    private final long start = System.nanoTime();
    private final Map<Stage, Double> milliseconds = new EnumMap<>(Stage.class);
    private long last = start;

    /** Counts the time since the last call, or since the beginning, to a stage. */
    void stop(Stage stage) {
      long now = System.nanoTime();
      milliseconds.merge(stage, (now - last) / 1e6, Double::sum);
      last = now;
    }

    Timings total() {
      return new Timings(milliseconds, (System.nanoTime() - start) / 1e6);
    }
  }
}
