package dev.quicklime.torch.imports;

import dev.quicklime.torch.internal.TensorSpec;
import dev.quicklime.torch.weights.StoredTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a file of weights has against what an architecture wants, every tensor of both.
 *
 * @param missing tensors that the file lacks
 * @param misshapen tensors of another shape or number format, and how they should be
 * @param extra tensors that the architecture does not have
 */
record TensorAccount(List<String> missing, List<String> misshapen, List<String> extra) {

  private static final int SHOWN = 6;
  private static final int LONGEST = 100;

  /** Takes stock. */
  static TensorAccount of(Map<String, TensorSpec> wanted, Map<String, StoredTensor> stored) {
    List<String> missing = new ArrayList<>();
    List<String> misshapen = new ArrayList<>();
    // Files from before PyTorch 0.4.1 have no counters at all; no forward pass reads them.
    boolean counters =
        wanted.entrySet().stream()
            .anyMatch(
                e ->
                    e.getValue().kind() == TensorSpec.Kind.COUNTER
                        && stored.containsKey(e.getKey()));
    wanted.forEach(
        (name, tensor) -> {
          boolean counter = tensor.kind() == TensorSpec.Kind.COUNTER;
          StoredTensor found = stored.get(name);
          if (found == null) {
            if (!counter || counters) {
              missing.add(name);
            }
          } else if (!found.shape().equals(tensor.shape())) {
            misshapen.add("%s must be %s, got %s".formatted(name, tensor.shape(), found.shape()));
          } else if (!counter && !found.type().floating()) {
            misshapen.add("%s must hold floats, got %s".formatted(name, found.type()));
          }
        });
    List<String> extra =
        stored.keySet().stream().filter(name -> !wanted.containsKey(name)).toList();
    return new TensorAccount(missing, misshapen, extra);
  }

  /** Whether nothing is left over on either side. */
  boolean balanced() {
    return missing.isEmpty() && misshapen.isEmpty() && extra.isEmpty();
  }

  /** How many tensors are wrong. */
  int count() {
    return missing.size() + misshapen.size() + extra.size();
  }

  /** What is wrong, in one line of bounded length. */
  String problems() {
    List<String> problems = new ArrayList<>();
    add(problems, "missing", missing);
    add(problems, "of another shape or type", misshapen);
    add(problems, "not part of it", extra);
    return String.join("; ", problems);
  }

  private static void add(List<String> problems, String what, List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    problems.add("%s %s (%s)".formatted(names.size(), what, list(names)));
  }

  /** The first of many names. */
  static String list(List<String> names) {
    List<String> shown = names.stream().limit(SHOWN).map(TensorAccount::shown).toList();
    int left = names.size() - shown.size();
    return String.join(", ", shown) + (left > 0 ? ", and " + left + " more" : "");
  }

  /** Names come from a file and may be anything. */
  static String shown(String name) {
    String start = name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
    return start.replaceAll("\\p{Cntrl}", "�");
  }
}
