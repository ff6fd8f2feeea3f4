package dev.quicklime.torch.architecture;

import dev.quicklime.InvalidInputException;
import java.util.List;
import java.util.Objects;
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
}
