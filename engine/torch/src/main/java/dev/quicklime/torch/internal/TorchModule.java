package dev.quicklime.torch.internal;

import dev.quicklime.QuicklimeException;
import dev.quicklime.torch.internal.graph.BatchConstants;
import dev.quicklime.torch.internal.graph.DeviceConstants;
import dev.quicklime.torch.internal.graph.OutputNames;
import dev.quicklime.torch.internal.graph.PixelUse;
import dev.quicklime.torch.internal.graph.TrainingSteps;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.parameter_iterator;
import org.bytedeco.pytorch.parameter_list;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TorchScript module on one device. It owns the native module and is closed once; calls are
 * serialised, because two forward passes at once would only share the same cores.
 *
 * <p>The module is frozen: parameters become constants of the graph, batch normalisation goes into
 * the convolutions before it, and in single precision on the CPU these get oneDNN's own layout. A
 * module that cannot be frozen, or fails when it is run so, or would compute something else then,
 * is run as it is in the file.
 */
public final class TorchModule implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TorchModule.class);

  private final Path file;
  private final TorchDevice device;
  private final boolean bfloat16;
  private final int threads;
  private JitModule module;
  private @Nullable JitModule untouched;
  private long parameters;
  private final PictureOrder order = new PictureOrder();
  private Set<String> devices = Set.of();
  private String casts = "";
  private TrainingSteps training = new TrainingSteps(List.of(), List.of(), false);
  private OutputNames names = new OutputNames(List.of(), List.of());
  private @Nullable String output;
  private volatile @Nullable String taken;
  private @Nullable DeviceQueue queue;
  private boolean bytes;
  private boolean optimised;
  private boolean ran;
  private boolean closed;

  private TorchModule(
      Path file, TorchDevice device, boolean bfloat16, int threads, JitModule module) {
    this.file = file;
    this.device = device;
    this.bfloat16 = bfloat16;
    this.threads = threads;
    this.module = module;
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
      TorchModule loaded = new TorchModule(file, device, bfloat16, threads, read(file, device));
      JitModule plain = loaded.module;
      loaded.devices = DeviceConstants.move(plain, device.open());
      loaded.casts = FloatTensors.cast(plain, type(bfloat16));
      loaded.parameters = countParameters(plain);
      loaded.names = OutputNames.of(plain);
      loaded.bytes = PixelUse.takesBytes(plain);
      loaded.optimise();
      loaded.module.retainReference();
      if (device.cuda()) {
        // Forward passes run in a stream that does not wait for the one in which this was made.
        torch.cuda_synchronize(device.index());
      }
      return loaded;
    } catch (RuntimeException e) {
      throw new TorchException(TorchErrors.oneLine(e), e);
    }
  }

  private static JitModule read(Path file, TorchDevice device) {
    JitModule module = torch.load(file.toString(), new DeviceOptional(device.open()), false);
    module.eval();
    return module;
  }

  private static torch.ScalarType type(boolean bfloat16) {
    return bfloat16 ? torch.ScalarType.BFloat16 : torch.ScalarType.Float;
  }

  /** What is done to the file and its input that they do not say themselves; one sentence each. */
  public synchronized List<String> decisions() {
    List<String> decisions = new ArrayList<>();
    if (!casts.isEmpty()) {
      decisions.add(
          "weights in %s are computed in %s".formatted(casts, bfloat16 ? "bf16" : "fp32"));
    }
    if (!devices.isEmpty()) {
      decisions.add(
          "device: %s, which a trace wrote into the file, is taken for %s"
              .formatted(String.join(" and ", devices), device));
    }
    if (order.last()) {
      decisions.add(
          "input: channels last, [batch, height, width, channels], as the model takes it");
    }
    return decisions;
  }

  /** What whoever reads the scores should know; one sentence each. */
  public List<String> notices() {
    return training.notices();
  }

  /** Whether pictures must have pixels of 0 to 255. */
  public boolean takesBytes() {
    return bytes;
  }

  /** Whether scores are random, or depend on the rest of a batch. */
  public boolean random() {
    return training.any();
  }

  private void optimise() {
    try {
      training = TrainingSteps.of(module);
      if (training.any()) {
        // Optimised it would compute something else.
        return;
      }
      module =
          bfloat16 || device.cuda() ? torch.freeze(module) : torch.optimize_for_inference(module);
      optimised = true;
    } catch (RuntimeException e) {
      LOG.debug("{} is run as it is: {}", file, TorchErrors.oneLine(e));
    }
  }

  /** The module as it is in the file; kept until one of the two has turned out to run. */
  private JitModule untouched() {
    JitModule plain = optimised ? untouched : module;
    if (plain == null) {
      plain = read(file, device);
      DeviceConstants.move(plain, device.open());
      FloatTensors.cast(plain, type(bfloat16));
      plain.retainReference();
      untouched = plain;
    }
    return plain;
  }

  /**
   * Numbers in the file's graph that may be a batch that was baked in, the likeliest first.
   *
   * @param limit the largest that is of interest
   */
  public synchronized List<Integer> batchConstants(int limit) {
    checkOpen();
    try (PointerScope _ = new PointerScope()) {
      return BatchConstants.of(
          torch.toGraphFunction(untouched().get_method("forward").function()).optimized_graph(),
          limit);
    } catch (RuntimeException e) {
      throw new TorchException(TorchErrors.oneLine(e), e);
    }
  }

  /** Whether the module runs frozen; known for certain after the first forward pass. */
  public synchronized boolean optimised() {
    return optimised;
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
   * @param shape samples, channels, height, width; or samples and inputs
   * @param channelsLast whether the channels are the fastest index in memory; not for inputs
   * @throws TorchException if the module throws
   */
  public synchronized ModelOutput forward(
      MemorySegment pixels, long[] shape, boolean channelsLast) {
    if (closed) {
      throw new IllegalStateException("this model is closed");
    }
    TorchRuntime.setThreads(threads);
    try (PointerScope _ = new PointerScope();
        InferenceMode _ = new InferenceMode(true)) {
      return ModelOutput.read(run(input(pixels, shape, channelsLast)));
    } catch (QuicklimeException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new TorchException(TorchErrors.oneLine(e), e);
    } finally {
      Reference.reachabilityFence(pixels);
    }
  }

  /**
   * The same without waiting for a GPU; on the CPU it is done on return. The batch must be
   * page-locked for a GPU, and left alone until its output was awaited.
   */
  public synchronized PendingOutput submit(
      MemorySegment pixels, long[] shape, boolean channelsLast) {
    if (!device.cuda()) {
      ModelOutput output = forward(pixels, shape, channelsLast);
      return () -> output;
    }
    torch.ScalarType type = type(bfloat16);
    return enqueue(() -> PixelTensor.view(pixels, shape, channelsLast, type), this::run);
  }

  /**
   * Composes a batch on the device and runs the module on it.
   *
   * @param words packed rows of a whole batch, as {@link TensorComposer} takes them
   * @param composer on this module's device, in its number format
   */
  public synchronized PendingOutput submit(MemorySegment words, TensorComposer composer) {
    return enqueue(() -> composer.view(words), rows -> run(composer.compose(rows)));
  }

  private PendingOutput enqueue(Supplier<Tensor> host, Function<Tensor, IValue> forward) {
    checkOpen();
    TorchRuntime.setThreads(threads);
    try (PointerScope _ = new PointerScope()) {
      if (queue == null) {
        queue = new DeviceQueue(device);
      }
      return queue.submit(host.get(), forward);
    } catch (QuicklimeException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new TorchException(TorchErrors.oneLine(e), e);
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("this model is closed");
    }
  }

  /** Takes scores from one of several outputs, by its name or index; null for the usual one. */
  public void takeFrom(@Nullable String asked) {
    output = asked;
  }

  /** Name or index of the output that was taken last, or null where there is no other. */
  public @Nullable String taken() {
    return taken;
  }

  private IValue run(Tensor input) {
    ModelOutputs.Found found =
        ModelOutputs.scores(
            String.valueOf(file.getFileName()),
            order.run(input, this::forward),
            names,
            output,
            input.size(0));
    taken = found.output();
    return found.value();
  }

  private IValue forward(Tensor input) {
    if (!optimised) {
      // A module may take views of a tensor that are only there in the order of its own making.
      return module.forward(new IValueVector(new IValue(input.contiguous())));
    }
    try {
      IValue result = module.forward(new IValueVector(new IValue(input)));
      ran = true;
      release(untouched);
      untouched = null;
      return result;
    } catch (RuntimeException e) {
      // A shortage of memory says nothing of the optimised module.
      if (ran || TorchErrors.outOfMemory(e)) {
        throw e;
      }
      LOG.debug("{} is run as it is: {}", file, TorchErrors.oneLine(e));
      JitModule plain = untouched();
      IValue result = plain.forward(new IValueVector(new IValue(input.contiguous())));
      release(module);
      module = plain;
      untouched = null;
      optimised = false;
      return result;
    }
  }

  private static void release(@Nullable JitModule held) {
    if (held != null) {
      held.releaseReference();
    }
  }

  private Tensor input(MemorySegment pixels, long[] shape, boolean channelsLast) {
    torch.ScalarType type = type(bfloat16);
    Tensor host = PixelTensor.view(pixels, shape, channelsLast, type);
    // The batch is page-locked then, so that the copy need not wait.
    return device.cuda()
        ? host.to(device.open(), type, true, false, new MemoryFormatOptional())
        : host;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      if (queue != null) {
        queue.close();
      }
      release(untouched);
      module.releaseReference();
    }
  }
}
