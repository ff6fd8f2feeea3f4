package dev.quicklime.torch.internal.cam;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What depends on what in a module's computation.
 *
 * @param steps in the order of computation; each takes only what is computed before it
 * @param input id of the pictures
 * @param output id of the scores
 */
public record GraphOutline(List<GraphStep> steps, long input, long output) {

  /** Copies the steps. */
  public GraphOutline {
    steps = List.copyOf(steps);
  }

  /**
   * Where a value is computed.
   *
   * @param step number of its step
   * @param output which of the step's outputs it is
   */
  record Place(int step, int output) {}

  GraphStep step(Place place) {
    return steps.get(place.step());
  }

  GraphStep.Value value(Place place) {
    return step(place).outputs().get(place.output());
  }

  /**
   * Tensors that are computed from the pictures and that the scores are computed from, in order.
   */
  List<Place> between() {
    Set<Long> before = new HashSet<>(Set.of(output));
    for (GraphStep step : steps.reversed()) {
      if (step.outputs().stream().anyMatch(value -> before.contains(value.id()))) {
        before.addAll(step.inputs());
      }
    }
    Set<Long> after = reached(input);
    List<Place> places = new ArrayList<>();
    for (int s = 0; s < steps.size(); s++) {
      List<GraphStep.Value> outputs = steps.get(s).outputs();
      for (int o = 0; o < outputs.size(); o++) {
        GraphStep.Value value = outputs.get(o);
        if (value.tensor()
            && value.id() != input
            && before.contains(value.id())
            && after.contains(value.id())) {
          places.add(new Place(s, o));
        }
      }
    }
    return places;
  }

  /** Whether the pictures reach the scores through this value alone. */
  boolean isBottleneck(Place place) {
    return !reached(value(place).id()).contains(output);
  }

  /** What can be reached from the pictures without a value; that of the pictures bars nothing. */
  private Set<Long> reached(long barred) {
    Set<Long> reached = new HashSet<>(Set.of(input));
    for (GraphStep step : steps) {
      if (step.inputs().stream().anyMatch(reached::contains)) {
        for (GraphStep.Value value : step.outputs()) {
          if (value.carries() && value.id() != barred) {
            reached.add(value.id());
          }
        }
      }
    }
    return reached;
  }

  /**
   * A tensor by its name, or the last one that a module hands out, by its path or by the last parts
   * of its callers' names for it, if they mean one module alone.
   */
  @Nullable Place find(String name) {
    Place place = named(name);
    if (place == null) {
      List<String> meant = meanings(name);
      place = meant.size() == 1 ? named(meant.getFirst()) : null;
    }
    return place;
  }

  /** Paths of the modules whose short path this is, in the order of computation. */
  List<String> meanings(String name) {
    Set<String> paths = new LinkedHashSet<>();
    for (GraphStep step : steps) {
      for (int depth = 1; depth <= step.calls().size(); depth++) {
        if (step.shortPath(depth).equals(name)) {
          paths.add(step.path(depth));
        }
      }
    }
    return List.copyOf(paths);
  }

  private @Nullable Place named(String name) {
    Place module = null;
    Map<Long, Place> own = new HashMap<>();
    for (int s = 0; s < steps.size(); s++) {
      GraphStep step = steps.get(s);
      boolean within = within(step.module(), name);
      for (int o = 0; o < step.outputs().size(); o++) {
        GraphStep.Value value = step.outputs().get(o);
        if (!value.tensor()) {
          continue;
        }
        if (value.name().equals(name)) {
          return new Place(s, o);
        }
        if (within) {
          own.put(value.id(), new Place(s, o));
        }
      }
      if (!within) {
        for (long taken : step.inputs()) {
          module = later(module, own.get(taken));
        }
      }
    }
    return later(module, own.get(output));
  }

  /** Path of the module that hands a value out: its own, or one around it that ends with it. */
  @Nullable String handedOutBy(Place place) {
    GraphStep step = step(place);
    String outermost = null;
    int depth = step.calls().size();
    while (depth > 0 && place.equals(named(step.path(depth)))) {
      outermost = step.path(depth);
      depth--;
    }
    return outermost;
  }

  private static @Nullable Place later(@Nullable Place one, @Nullable Place other) {
    if (one == null || (other != null && other.step() > one.step())) {
      return other;
    }
    return one;
  }

  private static boolean within(String module, String path) {
    return module.equals(path) || module.startsWith(path + ".");
  }
}
