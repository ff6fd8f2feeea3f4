package dev.quicklime.torch.internal;

import dev.quicklime.QuicklimeException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AOTIModelPackageLoader;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.StringVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A model that AOTInductor compiled, on one device. It owns the native loader and is closed once;
 * calls are serialised on a thread of its own.
 *
 * <p>The compiled code does not check its input: it reads as many bytes as it was compiled for.
 * Whoever opens one must know that shape, and give no other.
 */
public final class AotModule implements AutoCloseable {

  private final AOTIModelPackageLoader loader;
  private final TorchDevice device;
  private final boolean bfloat16;
  private final int threads;
  private final OwnThread thread;
  private String model = "";
  private List<String> names = List.of();
  private @Nullable String asked;
  private volatile @Nullable String taken;
  private boolean closed;

  private AotModule(
      AOTIModelPackageLoader loader,
      TorchDevice device,
      boolean bfloat16,
      int threads,
      OwnThread thread) {
    this.loader = loader;
    this.device = device;
    this.bfloat16 = bfloat16;
    this.threads = threads;
    this.thread = thread;
  }

  /**
   * Loads the shared library of an unpacked package.
   *
   * @param folder holds {@code data/aotinductor/NAME}; a path that no package was loaded from
   *     before, as the system takes a library of the same path for the same
   * @param name the model's
   * @param bfloat16 whether the input is bfloat16, else single precision
   * @param threads threads of a forward pass on the CPU, ≥ 1
   * @throws TorchException if libtorch refuses it
   */
  public static AotModule load(
      Path folder, String name, TorchDevice device, boolean bfloat16, int threads) {
    TorchRuntime.load();
    OwnThread thread = new OwnThread("quicklime-aoti");
    try {
      return thread.call(
          () -> {
            byte index = (byte) (device.cuda() ? device.index() : -1);
            AOTIModelPackageLoader loader =
                new AOTIModelPackageLoader(folder.toString(), name, false, 1, index);
            return new AotModule(loader, device, bfloat16, threads, thread);
          });
    } catch (RuntimeException e) {
      thread.close();
      throw new TorchException(TorchErrors.oneLine(e), e);
    }
  }

  /**
   * How its outputs lie within what its Python code returned, as {@code torch.export} writes it; or
   * nothing where it does not say.
   */
  public synchronized String outputSpec() {
    try {
      return thread.call(
          () -> {
            try (PointerScope _ = new PointerScope()) {
              StringVector specs = loader.get_call_spec();
              return specs.size() == 2 ? specs.get(1).getString() : "";
            }
          });
    } catch (RuntimeException e) {
      return "";
    }
  }

  /**
   * Takes scores from one of several outputs.
   *
   * @param called what messages call the model
   * @param all names of the outputs, in their order
   * @param output name or index of the one that is wanted, or null for the usual one
   */
  public synchronized void takeFrom(String called, List<String> all, @Nullable String output) {
    model = called;
    names = List.copyOf(all);
    asked = output;
  }

  /** Name or index of the output that was taken last, or null where there is no other. */
  public @Nullable String taken() {
    return taken;
  }

  /**
   * Runs the model on a batch, without copying it on the CPU, after the batches that were submitted
   * before.
   *
   * @param pixels off-heap batch of the number format that the model was compiled for; must stay as
   *     it is until the result was awaited
   * @param shape samples, channels, height, width: those that it was compiled for
   * @param channelsLast whether the channels are the fastest index in memory, as compiled
   * @return throws a {@link TorchException} when it is awaited, if the model throws
   */
  public synchronized PendingOutput submit(
      MemorySegment pixels, long[] shape, boolean channelsLast) {
    if (closed) {
      throw new IllegalStateException("this model is closed");
    }
    Supplier<ModelOutput> running = thread.begin(() -> run(pixels, shape, channelsLast));
    return () -> {
      try {
        return running.get();
      } finally {
        Reference.reachabilityFence(pixels);
      }
    };
  }

  private ModelOutput run(MemorySegment pixels, long[] shape, boolean channelsLast) {
    TorchRuntime.setThreads(threads);
    try (PointerScope _ = new PointerScope();
        InferenceMode _ = new InferenceMode(true)) {
      torch.ScalarType type = bfloat16 ? torch.ScalarType.BFloat16 : torch.ScalarType.Float;
      Tensor host = PixelTensor.view(pixels, shape, channelsLast, type);
      Tensor input =
          device.cuda()
              ? host.to(device.open(), type, true, false, new MemoryFormatOptional())
              : host;
      TensorVector outputs = loader.run(new TensorVector(input));
      ModelOutputs.Found found = ModelOutputs.scores(model, outputs, names, asked, shape[0]);
      taken = found.output();
      return ModelOutput.read(found.value());
    } catch (QuicklimeException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new TorchException(TorchErrors.oneLine(e), e);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      thread.call(
          () -> {
            loader.deallocate();
            return loader;
          });
      thread.close();
    }
  }
}
