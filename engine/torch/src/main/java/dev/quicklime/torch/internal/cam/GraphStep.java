package dev.quicklime.torch.internal.cam;

import java.util.List;
import java.util.Set;

/**
 * One step of a module's computation.
 *
 * @param kind what is computed, as {@code aten::relu}
 * @param module dotted path of the module whose source has it, empty for the whole or if unknown
 * @param inputs ids of what it takes, within its branches and loops too
 * @param outputs what it computes
 */
record GraphStep(String kind, String module, Set<Long> inputs, List<Value> outputs) {

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
    inputs = Set.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
