package dev.quicklime.serve.metrics;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;

/** How many durations were at most so long, for bounds from 5 ms to 5 minutes. */
final class SecondsHistogram {

  private static final List<Double> BOUNDS =
      List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0);

  private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.size() + 1);
  private final DoubleAdder sum = new DoubleAdder();

  void add(double seconds) {
    int bucket = 0;
    while (bucket < BOUNDS.size() && seconds > BOUNDS.get(bucket)) {
      bucket++;
    }
    counts.incrementAndGet(bucket);
    sum.add(seconds);
  }

  /**
   * Appends its lines.
   *
   * @param labels what comes between the braces, or nothing
   */
  void write(StringBuilder out, String name, String labels) {
    long below = 0;
    String before = labels.isEmpty() ? "" : labels + ",";
    for (int i = 0; i <= BOUNDS.size(); i++) {
      below += counts.get(i);
      String bound = i == BOUNDS.size() ? "+Inf" : BOUNDS.get(i).toString();
      out.append(
          String.format(Locale.ROOT, "%s_bucket{%sle=\"%s\"} %d\n", name, before, bound, below));
    }
    String braces = labels.isEmpty() ? "" : "{" + labels + "}";
    out.append(String.format(Locale.ROOT, "%s_sum%s %s\n", name, braces, sum.sum()));
    out.append(String.format(Locale.ROOT, "%s_count%s %d\n", name, braces, below));
  }
}
