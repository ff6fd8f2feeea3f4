package dev.quicklime.torch;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.files.card.ModelFacts;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Device;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.torch.internal.TorchRuntime;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a package was compiled for, against what options and a card say of it.
 *
 * @param file the package
 * @param input what its code reads
 * @param target what its code runs on
 */
record PackageAgreement(Path file, PackageInput input, PackageTarget target) {

  void checkOptions(ModelOptions options) {
    Preprocessing asked = options.preprocessing();
    if (asked.width() != input.width()
        || asked.height() != input.height()
        || asked.channels() != input.channels()) {
      throw new InvalidInputException(
          "the input of %s must be %s, which it was compiled for, got %s"
              .formatted(
                  file,
                  size(input.width(), input.height(), input.channels()),
                  size(asked.width(), asked.height(), asked.channels())));
    }
    Precision precision = precision();
    if (options.precision() != Precision.AUTO && options.precision() != precision) {
      throw other("precision", name(precision), name(options.precision()));
    }
    Device device = options.device();
    boolean cuda = target.device().equals("cuda");
    if (device.kind() != Device.Kind.AUTO && (device.kind() == Device.Kind.CUDA) != cuda) {
      throw other("device", target.device(), device.toString());
    }
  }

  void checkCard(ModelCard card) {
    ModelFacts facts = card.facts();
    if (facts.batch() > 0 && outside(facts.batch())) {
      throw otherCard("batch", batches(), facts.batch());
    }
    Precision precision = facts.precision();
    if (precision != null && precision != precision()) {
      throw otherCard("precision", name(precision()), name(precision));
    }
    Layout layout = facts.layout();
    if (layout != null && layout != input.layout()) {
      throw otherCard("layout", name(input.layout()), name(layout));
    }
    Device device = facts.device();
    if (device != null && (device.kind() == Device.Kind.CUDA) != target.device().equals("cuda")) {
      throw otherCard("device", target.device(), device);
    }
    String torch = facts.versions().get("torch");
    String own = PackageTarget.release(TorchRuntime.version());
    if (torch != null && !PackageTarget.release(torch).equals(own)) {
      throw otherCard("torch version", own, torch);
    }
  }

  /** How many pictures each forward pass takes. */
  int batch(ModelOptions options, ModelCard card) {
    if (options.batch() > 0) {
      if (outside(options.batch())) {
        throw other("batch", batches(), String.valueOf(options.batch()));
      }
      return options.batch();
    }
    int wished =
        card.facts().batch() > 0
            ? card.facts().batch()
            : options.batchOrDefault(target.device().equals("cuda"));
    return Math.clamp(wished, input.leastBatch(), input.mostBatch());
  }

  private boolean outside(int batch) {
    return batch < input.leastBatch() || batch > input.mostBatch();
  }

  private String batches() {
    return input.dynamic()
        ? "between %s and %s".formatted(input.leastBatch(), input.mostBatch())
        : String.valueOf(input.leastBatch());
  }

  private Precision precision() {
    return input.type() == PixelType.BFLOAT16 ? Precision.BF16 : Precision.FP32;
  }

  private InvalidInputException other(String what, String rule, String got) {
    return new InvalidInputException(
        "the %s of %s must be %s, which it was compiled for, got %s"
            .formatted(what, file, rule, got));
  }

  private QuicklimeException otherCard(String what, String rule, Object got) {
    return new QuicklimeException(
        "the %s of %s must be %s, which it was compiled for, got %s in the JSON file beside it"
            .formatted(what, file, rule, got));
  }

  private static String size(int width, int height, int channels) {
    return "%s×%s with %s channel%s".formatted(width, height, channels, channels == 1 ? "" : "s");
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
