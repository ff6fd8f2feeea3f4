package dev.quicklime.torch.internal.networks;

import dev.quicklime.InvalidInputException;
import dev.quicklime.torch.architecture.Architecture;
import dev.quicklime.torch.architecture.ResNet;
import dev.quicklime.torch.internal.ModuleSpec;
import java.util.Objects;

/** Says which modules an architecture is made of; parameters have shapes and no values yet. */
public final class Networks {

  private Networks() {}

  /** A network that classifies. */
  public static ModuleSpec inference(Architecture architecture, int classes) {
    Objects.requireNonNull(architecture, "architecture");
    return make(architecture, classes, false);
  }

  /** The same, but that it takes each batch's statistics, and keeps those of the last one. */
  public static ModuleSpec learningStatistics(Architecture architecture, int classes) {
    Objects.requireNonNull(architecture, "architecture");
    return make(architecture, classes, true);
  }

  private static ModuleSpec make(Architecture architecture, int classes, boolean learning) {
    if (classes < 1) {
      throw new InvalidInputException("classes must be at least 1, got " + classes);
    }
    return switch (architecture) {
      case ResNet resNet -> new ResNetModules(resNet, learning).network(classes);
    };
  }
}
