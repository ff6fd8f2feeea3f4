package dev.quicklime.onnx;

import dev.quicklime.InvalidInputException;
import dev.quicklime.model.Compose;
import dev.quicklime.model.Device;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.onnx.internal.file.OnnxFile;
import java.nio.file.Path;
import java.util.Locale;

/** Options that an ONNX file cannot be run with, whatever it holds. */
final class OnnxOptions {

  private OnnxOptions() {}

  static void check(Path file, ModelOptions options, OnnxFile content, PictureInput input) {
    checkDevice(file, options.device());
    if (options.compose() == Compose.DEVICE) {
      throw new InvalidInputException(
          "samples of model %s must be composed on the host, as an ONNX file runs there, got device"
              .formatted(file));
    }
    String asked = options.precision().name().toLowerCase(Locale.ROOT);
    if (options.precision() != Precision.AUTO && !asked.equals(content.precision())) {
      throw new InvalidInputException(
          ("the precision of model %s is its own, %s, as that of every ONNX file, got %s: export"
                  + " the network in it, or leave it auto")
              .formatted(file, content.precision(), asked));
    }
    if (input.batch() > 0 && options.batch() > 0 && options.batch() != input.batch()) {
      throw new InvalidInputException(
          ("the batch of model %s is fixed at %s, got %s: export it with a batch that is open, or"
                  + " leave it auto")
              .formatted(file, input.batch(), options.batch()));
    }
  }

  /** The library on the class path has no code for GPUs. */
  static void checkDevice(Path file, Device device) {
    if (device.kind() == Device.Kind.CUDA) {
      throw new InvalidInputException(
          ("model %s must run on the cpu, as this ONNX Runtime has no code for GPUs, got %s: take"
                  + " auto or cpu, or run the network as TorchScript")
              .formatted(file, device));
    }
  }
}
