package dev.quicklime.internal.torch;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.parameter_iterator;
import org.bytedeco.pytorch.parameter_list;

/**
 * A TorchScript module on one device. It owns the native module and is closed once; calls are
 * serialised, because two forward passes at once would only share the same cores.
 */
public final class TorchModule implements AutoCloseable {

  private final JitModule module;
  private final TorchDevice device;
  private final boolean bfloat16;
  private final int threads;
  private final long parameters;
  private boolean closed;

  /**
   * What a forward pass returned.
   *
   * @param problem what is wrong with it, or empty; then there are no values
   * @param shape size of each dimension
   * @param values elements in row-major order
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next.
  public record Output(String problem, long[] shape, float[] values) {}

  private TorchModule(
      JitModule module, TorchDevice device, boolean bfloat16, int threads, long parameters) {
    this.module = module;
    this.device = device;
    this.bfloat16 = bfloat16;
    this.threads = threads;
    this.parameters = parameters;
  }

  /**
   * Loads a TorchScript archive and puts it into evaluation mode.
   *
   * @param bfloat16 whether parameters and input are converted to bfloat16
   * @param threads threads of a forward pass on the CPU, ≥ 1
   * @throws TorchException if libtorch refuses the file
   */
  public static TorchModule load(Path file, TorchDevice device, boolean bfloat16, int threads) {
    TorchRuntime.load();
    try (PointerScope _ = new PointerScope()) {
      JitModule module = torch.load(file.toString(), new DeviceOptional(device.open()), false);
      module.eval();
      if (bfloat16) {
        module.to(torch.ScalarType.BFloat16);
      }
      TorchModule loaded =
          new TorchModule(module, device, bfloat16, threads, countParameters(module));
      module.retainReference();
      return loaded;
    } catch (RuntimeException e) {
      throw new TorchException(TorchErrors.oneLine(e), e);
    }
  }

  private static long countParameters(JitModule module) {
    long count = 0;
    parameter_list list = module.parameters();
    parameter_iterator end = list.end();
    for (parameter_iterator i = list.begin(); i.notEquals(end); i.increment()) {
      count += i.multiply().numel();
    }
    return count;
  }

  /** Number of learnt parameters. */
  public long parameters() {
    return parameters;
  }

  /**
   * Runs the module on a batch without copying it on the CPU.
   *
   * @param pixels off-heap batch, single precision or, if so loaded, bfloat16
   * @param shape samples, channels, height, width
   * @param channelsLast whether the channels are the fastest index in memory
   * @throws TorchException if the module throws
   */
  public synchronized Output forward(MemorySegment pixels, long[] shape, boolean channelsLast) {
    if (closed) {
      throw new IllegalStateException("this model is closed");
    }
    TorchRuntime.setThreads(threads);
    try (PointerScope _ = new PointerScope();
        InferenceMode _ = new InferenceMode(true)) {
      Tensor input = input(pixels, shape, channelsLast);
      IValue result = module.forward(new IValueVector(new IValue(input)));
      return read(result);
    } catch (RuntimeException e) {
      throw new TorchException(TorchErrors.oneLine(e), e);
    } finally {
      Reference.reachabilityFence(pixels);
    }
  }

  private Tensor input(MemorySegment pixels, long[] shape, boolean channelsLast) {
    torch.ScalarType type = bfloat16 ? torch.ScalarType.BFloat16 : torch.ScalarType.Float;
    Tensor host = view(pixels, shape, channelsLast, type);
    // The batch is page-locked then, so that the copy need not wait.
    return device.cuda()
        ? host.to(device.open(), type, true, false, new MemoryFormatOptional())
        : host;
  }

  /** A tensor whose elements are those of the batch, at the same address. */
  static Tensor view(
      MemorySegment pixels, long[] shape, boolean channelsLast, torch.ScalarType type) {
    long channels = shape[1];
    long width = shape[3];
    long picture = channels * shape[2] * width;
    long[] strides =
        channelsLast
            ? new long[] {picture, 1, width * channels, channels}
            : new long[] {picture, shape[2] * width, width, 1};
    return torch.from_blob(new SegmentPointer(pixels), shape, strides, new TensorOptions(type));
  }

  private static Output read(IValue result) {
    if (!result.isTensor()) {
      return new Output(
          "a " + result.tagKind().getString().toLowerCase(Locale.ROOT), new long[0], new float[0]);
    }
    return read(result.toTensor());
  }

  /** Copies scores to the heap, in single precision. */
  static Output read(Tensor tensor) {
    long[] shape = new long[(int) tensor.dim()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = tensor.size(i);
    }
    if (!tensor.is_floating_point()) {
      return new Output("a tensor of " + tensor.dtype().name().getString(), shape, new float[0]);
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
    return new Output("", shape, values);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      module.releaseReference();
    }
  }
}
