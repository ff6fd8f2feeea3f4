package dev.quicklime.torch.internal;

import java.util.Locale;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * What a forward pass returned.
 *
 * @param problem what is wrong with it, or empty; then there are no values
 * @param shape size of each dimension
 * @param values elements in row-major order
 */
@SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next.
public record ModelOutput(String problem, long[] shape, float[] values) {

  /** What was returned, but for its values. */
  public static ModelOutput describe(IValue result) {
    if (!result.isTensor()) {
      return new ModelOutput(
          "a " + result.tagKind().getString().toLowerCase(Locale.ROOT), new long[0], new float[0]);
    }
    return describe(result.toTensor());
  }

  private static ModelOutput describe(Tensor tensor) {
    long[] shape = new long[(int) tensor.dim()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = tensor.size(i);
    }
    String problem =
        tensor.is_floating_point() ? "" : "a tensor of " + tensor.dtype().name().getString();
    return new ModelOutput(problem, shape, new float[0]);
  }

  /** Copies what should be scores to the heap, in single precision. */
  public static ModelOutput read(IValue result) {
    ModelOutput output = describe(result);
    return output.problem().isEmpty() ? read(result.toTensor()) : output;
  }

  /** Copies scores to the heap, in single precision. */
  public static ModelOutput read(Tensor tensor) {
    ModelOutput output = describe(tensor);
    if (!output.problem().isEmpty()) {
      return output;
    }
    Tensor host =
        tensor
            .to(
                new TensorOptions(torch.ScalarType.Float)
                    .device(new DeviceOptional(TorchDevice.cpu().open())),
                false,
                false,
                new MemoryFormatOptional())
            .contiguous();
    float[] values = new float[Math.toIntExact(host.numel())];
    if (values.length > 0) {
      new FloatPointer(host.data_ptr_float()).get(values);
    }
    return new ModelOutput("", output.shape(), values);
  }
}
