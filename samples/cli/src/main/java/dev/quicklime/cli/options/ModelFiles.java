package dev.quicklime.cli.options;

import dev.quicklime.cam.CamModel;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.model.Device;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.RowModel;
import dev.quicklime.onnx.OnnxGradCam;
import dev.quicklime.onnx.OnnxModels;
import dev.quicklime.onnx.OnnxRows;
import dev.quicklime.torch.Models;
import dev.quicklime.torch.Replicas;
import dev.quicklime.torch.TorchRows;
import dev.quicklime.torch.cam.GradCam;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens model files of every kind by the library that runs them. */
public final class ModelFiles {

  private ModelFiles() {}

  /** What is known of a model file from the card beside it or within. */
  public static ModelCard card(Path file) {
    return OnnxModels.recognises(file) ? OnnxModels.card(file) : Models.card(file);
  }

  /** Loads a model file, on each of the options' devices. */
  public static PipelinedClassifier open(Path file, ModelOptions options, ModelCard card) {
    return OnnxModels.recognises(file)
        ? OnnxModels.open(file, options, card)
        : Replicas.open(options, how -> Models.open(file, how, card));
  }

  /** Loads a model file that takes rows of numbers. */
  public static RowModel rows(
      Path file, Device device, int batch, int threads, @Nullable String output) {
    return OnnxModels.recognises(file)
        ? OnnxRows.open(file, device, batch, threads, output)
        : TorchRows.open(file, device, batch, threads, output);
  }

  /** Loads a model file for Grad-CAM. */
  public static CamModel gradCam(Path file, Device device, int threads, @Nullable String output) {
    return OnnxModels.recognises(file)
        ? OnnxGradCam.load(file, device, threads, output)
        : GradCam.load(file, device, threads, output);
  }
}
