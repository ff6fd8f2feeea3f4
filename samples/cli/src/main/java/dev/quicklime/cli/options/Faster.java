package dev.quicklime.cli.options;

import dev.quicklime.ExplainOptions;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.ModelFileKind;
import dev.quicklime.model.Precision;
import dev.quicklime.surrogate.Shapley;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What would make a run shorter that was asked for so.
 *
 * @param chosen how it explains, and by which model
 * @param bundled whether that is the bundled model, of which there is no other file
 */
public record Faster(Settings.Chosen chosen, boolean bundled) {

  /** Refuses what is missing. */
  public Faster {
    Objects.requireNonNull(chosen, "chosen");
  }

  /**
   * A clause each, the surest first; none where nothing is left to be done.
   *
   * @param model as it runs
   */
  public List<String> of(ClassifierInfo model) {
    List<String> ways = new ArrayList<>();
    ExplainOptions options = chosen.options();
    if (!options.stops()
        && !(options.design() instanceof Exhaustive)
        && !(options.surrogate() instanceof Shapley)) {
      ways.add("--preset fast ends once the weights are steady");
    }
    if (!bundled
        && model.device().startsWith("cpu")
        && ModelFileKind.of(chosen.model()) == ModelFileKind.TORCH_SCRIPT) {
      ways.add("a .pt2 compiled of the model, often twice as fast");
      if (chosen.modelOptions().precision() == Precision.FP32) {
        ways.add("--precision auto");
      }
      if (model.precision().equals("fp32")) {
        ways.add("an .onnx of it");
      }
    }
    return ways;
  }
}
