package dev.quicklime.torch.internal;

import java.lang.foreign.MemorySegment;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Batches of pictures or rows in off-heap memory, as tensors at the same address. */
public final class PixelTensor {

  private PixelTensor() {}

  /** A tensor whose elements are those of the batch, at the same address. */
  public static Tensor view(
      MemorySegment pixels, long[] shape, boolean channelsLast, torch.ScalarType type) {
    return torch.from_blob(
        new SegmentPointer(pixels), shape, strides(shape, channelsLast), new TensorOptions(type));
  }

  /**
   * Steps between neighbours along each dimension of samples, channels, height, width, or of
   * samples and inputs.
   */
  static long[] strides(long[] shape, boolean channelsLast) {
    if (shape.length == 2) {
      return new long[] {shape[1], 1};
    }
    long channels = shape[1];
    long width = shape[3];
    long picture = channels * shape[2] * width;
    return channelsLast
        ? new long[] {picture, 1, width * channels, channels}
        : new long[] {picture, shape[2] * width, width, 1};
  }
}
