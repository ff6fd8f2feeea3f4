package dev.quicklime.torch.internal.cam;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One step of a module's computation.
 *
 * @param kind what is computed, as {@code aten::relu}
 * @param calls names of the modules in whose calls it lies, each as its caller has it, as {@code
 *     blocks.11} and {@code attn}, the outermost first; empty for the whole or if unknown
 * @param inputs ids of what it takes, within its branches and loops too
 * @param outputs what it computes
 */
record GraphStep(String kind, List<String> calls, Set<Long> inputs, List<Value> outputs) {

  /**
   * A value.
   *
   * @param id within its graph
   * @param name by which a user may ask for it
   * @param tensor whether it is a tensor
   * @param carries whether a gradient can come through it: a tensor, or tensors in a list or tuple
   */
  record Value(long id, String name, boolean tensor, boolean carries) {}

  /** Copies what it is given. */
  GraphStep {
    calls = List.copyOf(calls);
    inputs = Set.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Dotted path of the module whose source has it. */
  String module() {
    return path(calls.size());
  }

  /** Dotted path of the module that was called by the first so many calls. */
  String path(int depth) {
    return String.join(".", calls.subList(0, depth));
  }

  /** The same with the last part of each name alone. */
  String shortPath(int depth) {
    return calls.subList(0, depth).stream()
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .collect(Collectors.joining("."));
  }
}
