package dev.quicklime.serve.http;

import dev.quicklime.Explanation;
import dev.quicklime.run.Stage;
import dev.quicklime.run.Timings;
import dev.quicklime.serve.trace.Part;
import dev.quicklime.tabular.TabularExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When a worker did something for a request, and what an explanation says of its stages. Written by
 * the worker, read by whoever tells of the request, who may do so before the worker is done.
 */
final class WorkTimes {

  private final String name;
  private final long queued = System.nanoTime();
  private volatile long begun;
  private volatile long ended;
  private volatile @Nullable Made made;

  /** What an explanation came to, and how long each of its stages took. */
  private record Made(Map<String, Object> facts, Timings timings) {}

  WorkTimes(String name) {
    this.name = name;
  }

  /** Does it. */
  <T> T during(Supplier<T> work) {
    begun = System.nanoTime();
    try {
      return work.get();
    } finally {
      ended = System.nanoTime();
    }
  }

  /** What it came to. */
  void made(Explanation explanation) {
    made =
        new Made(
            facts(
                explanation.samples().masks().rows(),
                "superpixels",
                explanation.segments().count(),
                explanation.classes().size()),
            explanation.timings());
  }

  /** What it came to for a row. */
  void made(TabularExplanation explanation) {
    made =
        new Made(
            facts(
                explanation.samples().rows(),
                "columns",
                explanation.features().size(),
                explanation.classes().size()),
            explanation.timings());
  }

  /** The wait for a worker, and the work as far as it got. */
  List<Part> parts() {
    long from = begun;
    long to = ended;
    if (from == 0) {
      return List.of(Part.of("queue", queued, System.nanoTime()));
    }
    Part queue = Part.of("queue", queued, from);
    if (to == 0) {
      return List.of(queue, Part.of(name, from, System.nanoTime()));
    }
    Made known = made;
    return known == null
        ? List.of(queue, Part.of(name, from, to))
        : List.of(
            queue, new Part(name, from, to, known.facts(), stages(known.timings(), from, to)));
  }

  /** The first row is what is explained. */
  private static Map<String, Object> facts(int rows, String parts, int count, int classes) {
    return Map.of(
        "quicklime.samples",
        rows - 1L,
        "quicklime." + parts,
        (long) count,
        "quicklime.classes",
        (long) classes);
  }

  /** Stages take turns; here each has its sum, one behind the other, and figures what is left. */
  private static List<Part> stages(Timings timings, long begin, long end) {
    List<Part> stages = new ArrayList<>();
    long at = begin;
    Map<Stage, Double> milliseconds = timings.milliseconds();
    for (Stage stage : Stage.values()) {
      Double took = milliseconds.get(stage);
      if (took != null) {
        long next = Math.min(end, at + Math.round(took * 1e6));
        stages.add(Part.of(stage.key(), at, next));
        at = next;
      }
    }
    stages.add(Part.of("figures", at, end));
    return stages;
  }
}
