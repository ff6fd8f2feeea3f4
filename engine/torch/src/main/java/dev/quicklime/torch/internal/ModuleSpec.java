package dev.quicklime.torch.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A TorchScript module that is to be made.
 *
 * @param type name of its class; modules of one structure share a class
 * @param forward source of its method {@code forward}
 * @param tensors its own tensors
 * @param children modules within it, by their names
 */
public record ModuleSpec(
    String type,
    String forward,
    List<TensorSpec> tensors,
    SequencedMap<String, ModuleSpec> children) {

  /** Copies what is within. */
  public ModuleSpec {
    tensors = List.copyOf(tensors);
    children = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(children));
  }

  /** Its own tensors and those of the modules within, by their dotted names. */
  public SequencedMap<String, TensorSpec> allTensors() {
    SequencedMap<String, TensorSpec> all = new LinkedHashMap<>();
    for (TensorSpec tensor : tensors) {
      all.put(tensor.name(), tensor);
    }
    children.forEach(
        (name, child) ->
            child.allTensors().forEach((inner, tensor) -> all.put(name + "." + inner, tensor)));
    return all;
  }

  /** Equal for modules that can share a class: shapes may differ. */
  Object structure() {
    List<Object> parts = new ArrayList<>(List.of(type, forward));
    tensors.forEach(tensor -> parts.add(Map.entry(tensor.name(), tensor.kind())));
    children.forEach((name, child) -> parts.add(Map.entry(name, child.structure())));
    return parts;
  }
}
