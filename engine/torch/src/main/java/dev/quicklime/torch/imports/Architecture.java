package dev.quicklime.torch.imports;

import dev.quicklime.InvalidInputException;
import dev.quicklime.torch.internal.TensorSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** The structure of a network that can be made without a model file. */
public sealed interface Architecture permits ResNet {

  /** Names of the architectures that have one. */
  static List<String> names() {
    return List.copyOf(ResNet.NAMED.sequencedKeySet());
  }

  /**
   * An architecture by its name.
   *
   * @throws InvalidInputException if none has that name
   */
  static Architecture parse(String name) {
    Objects.requireNonNull(name, "name");
    Architecture named = ResNet.NAMED.get(name);
    if (named == null) {
      throw new InvalidInputException(
          "architecture must be one of "
              + names().stream().collect(Collectors.joining(", "))
              + ", got "
              + name);
    }
    return named;
  }

  /**
   * Names and shapes of all tensors of a network, those of PyTorch's own state dict.
   *
   * @param classes number of outputs, ≥ 1
   */
  default SequencedMap<String, List<Long>> tensors(int classes) {
    SequencedMap<String, List<Long>> shapes = new LinkedHashMap<>();
    Networks.inference(this, classes)
        .allTensors()
        .forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return Collections.unmodifiableSequencedMap(shapes);
  }

  /**
   * Number of learnt parameters.
   *
   * @param classes number of outputs, ≥ 1
   */
  default long parameters(int classes) {
    return Networks.inference(this, classes).allTensors().values().stream()
        .filter(tensor -> tensor.kind() == TensorSpec.Kind.PARAMETER)
        .mapToLong(TensorSpec::elements)
        .sum();
  }
}
