package dev.quicklime.torch.internal;

import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Composes samples where the module runs, from rows of packed masks. The picture, its fill and the
 * superpixel of each pixel are on the device from the beginning; a sample then takes a bit for each
 * superpixel on its way there, instead of a number for each pixel and channel. It only chooses
 * between numbers, so that samples are the same bits as those that are composed on the host.
 */
public final class TensorComposer implements AutoCloseable {

  private final TorchDevice device;
  private final torch.ScalarType type;
  private final long[] shape;
  private final long[] strides;
  private final long rowBytes;
  private final Tensor shown;
  private final Tensor filled;
  private final Tensor labels;
  private final Tensor bytes;
  private final Tensor bits;
  private boolean closed;

  /**
   * Copies what all samples share to the device.
   *
   * @param bfloat16 whether pictures are bfloat16; otherwise single precision
   * @param shape samples, channels, height, width of a batch
   * @param channelsLast whether the channels are the fastest index in memory
   * @param labels superpixel of each pixel, row by row, from 0 to superpixels − 1
   * @param superpixels how many there are, ≥ 1
   * @param pictures off-heap: the normalised picture, then the same with all superpixels filled
   * @throws TorchException if the device has no room for them
   */
  public TensorComposer(
      TorchDevice device,
      boolean bfloat16,
      long[] shape,
      boolean channelsLast,
      int[] labels,
      int superpixels,
      MemorySegment pictures) {
    TorchRuntime.load();
    this.device = device;
    this.type = bfloat16 ? torch.ScalarType.BFloat16 : torch.ScalarType.Float;
    this.shape = shape.clone();
    this.strides = PixelTensor.strides(shape, channelsLast);
    this.rowBytes = (superpixels + Long.SIZE - 1L) / Long.SIZE * Long.BYTES;
    int[] byteOf = new int[superpixels];
    byte[] bitOf = new byte[superpixels];
    for (int j = 0; j < superpixels; j++) {
      byteOf[j] = j / Byte.SIZE;
      bitOf[j] = (byte) (1 << (j % Byte.SIZE));
    }
    long[] one = {1, shape[1], shape[2], shape[3]};
    try (PointerScope _ = new PointerScope()) {
      MemorySegment second = pictures.asSlice(pictures.byteSize() / 2);
      this.shown = keep(PixelTensor.view(pictures, one, channelsLast, type));
      this.filled = keep(PixelTensor.view(second, one, channelsLast, type));
      this.labels = keep(flat(new IntPointer(labels), labels.length, torch.ScalarType.Int));
      this.bytes = keep(flat(new IntPointer(byteOf), superpixels, torch.ScalarType.Int));
      this.bits = keep(flat(new BytePointer(bitOf), superpixels, torch.ScalarType.Byte));
    } catch (RuntimeException e) {
      throw new TorchException(TorchErrors.oneLine(e), e);
    }
  }

  private static Tensor flat(Pointer values, long count, torch.ScalarType type) {
    return torch.from_blob(values, new long[] {count}, new TensorOptions(type));
  }

  private Tensor keep(Tensor host) {
    // On the CPU the second step returns the same tensor: without the first it would be the
    // caller's memory.
    Tensor kept = host.clone().to(device.open(), host.scalar_type());
    kept.retainReference();
    return kept;
  }

  /** Bytes of a sample's packed row: whole 64-bit words. */
  public long rowBytes() {
    return rowBytes;
  }

  /** Packed rows of a whole batch as a tensor of bytes at the same address. */
  Tensor view(MemorySegment words) {
    long[] size = {shape[0], rowBytes};
    return torch.from_blob(
        new SegmentPointer(words), size, new TensorOptions(torch.ScalarType.Byte));
  }

  /** The samples of packed rows that are on the device, in the caller's scope. */
  Tensor compose(Tensor words) {
    if (closed) {
      throw new IllegalStateException("this composer is closed");
    }
    Tensor masks = words.index_select(1, bytes).bitwise_and(bits).ne(new Scalar(0));
    Tensor pixels = masks.index_select(1, labels).view(shape[0], 1, shape[2], shape[3]);
    // Told where to write, as it would order the elements by the masks' order otherwise.
    Tensor samples =
        torch.empty_strided(
            shape, strides, new TensorOptions(type).device(new DeviceOptional(device.open())));
    torch.where_out(samples, pixels, shown, filled);
    return samples;
  }

  /** Frees what is on the device; no sample may be under way. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      shown.releaseReference();
      filled.releaseReference();
      labels.releaseReference();
      bytes.releaseReference();
      bits.releaseReference();
    }
  }
}
