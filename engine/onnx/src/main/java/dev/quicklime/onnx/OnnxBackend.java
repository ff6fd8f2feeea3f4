package dev.quicklime.onnx;

import dev.quicklime.files.card.ModelCard;
import dev.quicklime.model.Backend;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.OpenedModel;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Opens ONNX files with ONNX Runtime. */
public final class OnnxBackend implements Backend {

  /** Made by {@link java.util.ServiceLoader}. */
  public OnnxBackend() {}

  @Override
  public String name() {
    return "ONNX Runtime";
  }

  @Override
  public boolean recognises(Path model) {
    return OnnxModels.recognises(model);
  }

  @Override
  public OpenedModel open(Path model, UnaryOperator<ModelOptions> how) {
    ModelCard card = OnnxModels.card(model);
    return new OpenedModel(
        OnnxModels.open(model, how.apply(ModelOptions.of(card.preprocessing())), card),
        Labels.ofModel(card.labels()));
  }
}
