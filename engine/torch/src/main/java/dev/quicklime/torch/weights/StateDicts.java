package dev.quicklime.torch.weights;

import dev.quicklime.internal.file.ReadBudget;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.Set;

/**
 * All state dicts in what was saved, however deep: every dict that itself holds tensors by names.
 * The outermost come first, then the order is the file's.
 */
final class StateDicts {

  /** Deeper ones nobody writes, and their paths would only grow. */
  private static final int MOST_LEVELS = 100;

  private final Set<Pickled> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Queue<Found> open = new ArrayDeque<>();
  private final SequencedMap<String, Map<String, Pickled.Tensor>> dicts = new LinkedHashMap<>();

  private final ReadBudget budget;

  private StateDicts(ReadBudget budget) {
    this.budget = budget;
  }

  private record Found(String path, int level, Pickled value) {}

  /** Tensors by their names, by the path of keys and places in lists that leads to their dict. */
  static SequencedMap<String, Map<String, Pickled.Tensor>> in(Pickled root, ReadBudget budget) {
    StateDicts search = new StateDicts(budget);
    search.open.add(new Found("", 0, root));
    for (Found next = search.open.poll(); next != null; next = search.open.poll()) {
      search.look(next);
    }
    return search.dicts;
  }

  private void look(Found found) {
    // A pickle can share and even nest a container in itself, so that each is looked into once.
    if (!seen.add(found.value())) {
      return;
    }
    switch (found.value()) {
      case Pickled.Dict dict -> {
        Map<String, Pickled.Tensor> tensors = new LinkedHashMap<>();
        dict.items()
            .forEach(
                (name, value) -> {
                  if (value instanceof Pickled.Tensor tensor) {
                    tensors.put(name, tensor);
                  } else {
                    enter(found, name, value);
                  }
                });
        if (!tensors.isEmpty()) {
          dicts.putIfAbsent(found.path(), tensors);
        }
      }
      case Pickled.Sequence list -> enterAll(found, list.items());
      case Pickled.Tuple tuple -> enterAll(found, tuple.items());
      default -> {
        // Neither a container nor a tensor.
      }
    }
  }

  private void enterAll(Found around, List<Pickled> items) {
    for (int i = 0; i < items.size(); i++) {
      enter(around, "" + i, items.get(i));
    }
  }

  private void enter(Found around, String name, Pickled value) {
    boolean container =
        value instanceof Pickled.Dict
            || value instanceof Pickled.Sequence
            || value instanceof Pickled.Tuple;
    if (container && around.level() < MOST_LEVELS) {
      // A long key can stand before the paths of many others.
      budget.take(
          ReadBudget.OBJECT + Character.BYTES * (1L + around.path().length() + name.length()));
      String path = around.path().isEmpty() ? name : around.path() + "." + name;
      open.add(new Found(path, around.level() + 1, value));
    }
  }
}
