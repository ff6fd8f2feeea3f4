package dev.quicklime.torch.internal.cam;

import dev.quicklime.internal.cam.CamGradients;
import dev.quicklime.internal.cam.MapShape;
import dev.quicklime.torch.internal.ModelOutput;
import dev.quicklime.torch.internal.ScoreTensor;
import dev.quicklime.torch.internal.TorchErrors;
import dev.quicklime.torch.internal.TorchException;
import java.util.Arrays;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * One forward pass whose gradients can be asked for, until the scope in which it was made ends. For
 * the thread that made it.
 */
public final class CamPass implements CamGradients {

  private final String model;
  private final MapShape shape;
  private final int pictures;
  private final ModelOutput output;
  private final @Nullable Tensor scores;
  private final Tensor activation;

  private CamPass(
      String model,
      MapShape shape,
      int pictures,
      ModelOutput output,
      @Nullable Tensor scores,
      Tensor activation) {
    this.model = model;
    this.shape = shape;
    this.pictures = pictures;
    this.output = output;
    this.scores = scores;
    this.activation = activation;
  }

  /**
   * What a module returned.
   *
   * @param model what messages call it
   * @param pictures how many are meant, the first of the batch
   * @param result what should be the scores
   */
  static CamPass of(String model, MapShape shape, int pictures, IValue result, Tensor activation) {
    long batch = activation.size(0);
    ModelOutput described = ModelOutput.describe(result);
    boolean scored =
        described.problem().isEmpty()
            && described.shape().length > 0
            && described.shape()[0] == batch;
    if (!scored) {
      return new CamPass(model, shape, pictures, described, null, activation);
    }
    Tensor scores = result.toTensor().narrow(0, 0, pictures);
    return new CamPass(
        model, shape, pictures, ModelOutput.read(scores.detach()), scores, activation);
  }

  @Override
  public double[] scores() {
    return ScoreTensor.values(model, output, pictures, pictures);
  }

  @Override
  public float[] activation() {
    try (PointerScope _ = new PointerScope()) {
      return maps(activation.detach());
    }
  }

  /**
   * See {@link CamGradients#gradient}.
   *
   * @throws TorchException if libtorch cannot compute it
   */
  @Override
  public float @Nullable [] gradient(int[] classes, boolean probability) {
    if (scores == null || !scores.requires_grad()) {
      return null;
    }
    try (PointerScope _ = new PointerScope()) {
      Tensor index =
          torch
              .from_blob(
                  new LongPointer(Arrays.stream(classes).asLongStream().toArray()),
                  new long[] {pictures, 1},
                  new TensorOptions(torch.ScalarType.Long))
              .to(scores.device(), torch.ScalarType.Long);
      Tensor values = scores.reshape(pictures, -1);
      if (probability) {
        // A probability next to 1 has a gradient that single precision would round away.
        values = torch.softmax(values.to(torch.ScalarType.Double), 1);
      }
      TensorVector found =
          torch.grad(
              new TensorVector(values.gather(1, index).sum()),
              new TensorVector(activation),
              new TensorVector(),
              new BoolOptional(true),
              false,
              true);
      Tensor gradient = found.get(0);
      return gradient.defined() ? maps(gradient) : null;
    } catch (RuntimeException e) {
      throw new TorchException(TorchErrors.oneLine(e), e);
    }
  }

  private float[] maps(Tensor tensor) {
    Tensor meant = tensor.narrow(0, 0, pictures);
    Tensor maps =
        switch (shape.order()) {
          case MAPS_FIRST -> meant;
          case MAPS_LAST -> meant.movedim(-1, 1);
          case TOKENS -> meant.narrow(1, shape.skipped(), shape.places()).transpose(1, 2);
        };
    return ModelOutput.read(maps).values();
  }
}
