package dev.quicklime.torch.internal;

import dev.quicklime.internal.file.Room;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * The tensors of a module that is being made, on the CPU. Modules that are made from them share
 * them. Owns them until it is closed; for one thread.
 */
public final class ModuleTensors implements AutoCloseable {

  /** Code of the largest networks, with where each line came from, is some hundred kilobytes. */
  private static final long CODE = 2 << 20;

  private static final long PER_TENSOR = 1024;

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private boolean closed;

  /** Gives tensors their values. */
  @FunctionalInterface
  public interface Filler {

    /**
     * Fills one tensor.
     *
     * @param name its dotted name
     * @param to its elements in row-major order: floats, or for a counter one long
     */
    void fill(String name, TensorSpec tensor, MemorySegment to);
  }

  /**
   * Allocates and fills all tensors of a module.
   *
   * @throws TorchException if libtorch has no memory for them
   */
  public ModuleTensors(ModuleSpec module, Filler filler) {
    TorchRuntime.load();
    try {
      module.allTensors().forEach((name, spec) -> tensors.put(name, make(name, spec, filler)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static Tensor make(String name, TensorSpec spec, Filler filler) {
    try (PointerScope _ = new PointerScope()) {
      Tensor tensor = empty(spec);
      filler.fill(
          name,
          spec,
          MemorySegment.ofAddress(tensor.data_ptr().address()).reinterpret(spec.bytes()));
      tensor.retainReference();
      return tensor;
    }
  }

  private static Tensor empty(TensorSpec spec) {
    TensorOptions options =
        new TensorOptions(
            spec.kind() == TensorSpec.Kind.COUNTER
                ? torch.ScalarType.Long
                : torch.ScalarType.Float);
    try {
      return torch.empty(
          spec.shape().stream().mapToLong(Long::longValue).toArray(),
          options,
          new MemoryFormatOptional());
    } catch (RuntimeException e) {
      throw new TorchException(TorchErrors.oneLine(e), e);
    }
  }

  /**
   * Runs a module that is made of these tensors, for what it does to its buffers.
   *
   * @param pixels off-heap batch in single precision
   * @param shape samples, channels, height, width
   * @throws TorchException if the module throws
   */
  public void run(ModuleSpec module, MemorySegment pixels, long[] shape) {
    checkOpen();
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      JitModule made = ModuleMaker.make(module, tensors);
      Tensor input = PixelTensor.view(pixels, shape, false, torch.ScalarType.Float);
      made.forward(new IValueVector(new IValue(input)));
    } catch (RuntimeException e) {
      throw new TorchException(TorchErrors.oneLine(e), e);
    } finally {
      Reference.reachabilityFence(pixels);
    }
  }

  /**
   * Writes a TorchScript file of a module that is made of these tensors. libtorch ends the process
   * where a disk is full, so that there is room for the file before it begins.
   *
   * @throws TorchException if libtorch cannot write it
   * @throws FileSystemException if there is no room for it
   */
  public void save(ModuleSpec module, Path file) throws FileSystemException {
    checkOpen();
    Room.reserve(file, mostBytes(module));
    try (PointerScope _ = new PointerScope()) {
      ModuleMaker.make(module, tensors).save(file.toString());
    } catch (RuntimeException e) {
      throw new TorchException(TorchErrors.oneLine(e), e);
    }
  }

  /** A tensor is aligned and has a head; beside them there are code and its notes. */
  static long mostBytes(ModuleSpec module) {
    long bytes = CODE;
    for (TensorSpec tensor : module.allTensors().values()) {
      bytes += tensor.bytes() + PER_TENSOR;
    }
    return bytes;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("these tensors are closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      tensors.values().forEach(Tensor::releaseReference);
      tensors.clear();
    }
  }
}
