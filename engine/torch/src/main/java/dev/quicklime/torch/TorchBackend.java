package dev.quicklime.torch;

import dev.quicklime.files.card.ModelCard;
import dev.quicklime.model.Backend;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelFileKind;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.OpenedModel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Opens TorchScript files and packages compiled by AOTInductor with libtorch. */
public final class TorchBackend implements Backend {

  /** Made by {@link java.util.ServiceLoader}. */
  public TorchBackend() {}

  @Override
  public String name() {
    return "libtorch";
  }

  @Override
  public boolean recognises(Path model) {
    ModelFileKind kind = ModelFileKind.of(model);
    String name = String.valueOf(model.getFileName()).toLowerCase(Locale.ROOT);
    return kind.ofTorch() || (kind.unknown() && (name.endsWith(".pt") || name.endsWith(".pt2")));
  }

  @Override
  public OpenedModel open(Path model, UnaryOperator<ModelOptions> how) {
    ModelCard card = Models.card(model);
    return new OpenedModel(
        Models.open(model, how.apply(ModelOptions.of(card.preprocessing())), card),
        Labels.ofModel(card.labels()));
  }
}
