package dev.quicklime.run;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Wall-clock times of an explanation, from the first thing read to the finished result, without
 * start-up and figures.
 *
 * @param milliseconds time of each stage that took place
 * @param total the whole, in milliseconds; what is between the stages included
 */
public record Timings(Map<Stage, Double> milliseconds, double total) {

  /** Copies the map. */
  public Timings {
    Objects.requireNonNull(milliseconds, "milliseconds");
    milliseconds = Map.copyOf(milliseconds);
  }

  /** Time of a stage in milliseconds, 0 if it did not take place. */
  public double of(Stage stage) {
    return milliseconds.getOrDefault(stage, 0.0);
  }

  /** Adds up times; for one thread. */
  public static final class Clock {

    private final long start;
    private final Map<Stage, Double> milliseconds = new EnumMap<>(Stage.class);
    private long last;

    /** A clock that runs from now on. */
    public Clock() {
      this(System.nanoTime());
    }

    /**
     * A clock that has been running for a while.
     *
     * @param start when the work began, of {@link System#nanoTime}
     */
    public Clock(long start) {
      this.start = start;
      this.last = start;
    }

    /** A clock that goes on from what was counted before; the time in between does not count. */
    public Clock(Timings before) {
      Objects.requireNonNull(before, "before");
      this.start = System.nanoTime() - Math.round(before.total() * 1e6);
      this.last = System.nanoTime();
      milliseconds.putAll(before.milliseconds());
    }

    /** Counts the time since the last call, or since the beginning, to a stage. */
    public void stop(Stage stage) {
      long now = System.nanoTime();
      milliseconds.merge(stage, (now - last) / 1e6, Double::sum);
      last = now;
    }

    /** Counts a part of what was counted to one stage to another one instead. */
    public void move(Stage from, Stage to, long nanos) {
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(to, "to");
      milliseconds.merge(from, -nanos / 1e6, Double::sum);
      milliseconds.merge(to, nanos / 1e6, Double::sum);
    }

    /** What was counted so far, and the time since the beginning. */
    public Timings total() {
      return new Timings(milliseconds, (System.nanoTime() - start) / 1e6);
    }
  }
}
