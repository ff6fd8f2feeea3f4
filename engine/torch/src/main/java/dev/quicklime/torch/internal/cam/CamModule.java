package dev.quicklime.torch.internal.cam;

import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.cam.MapShape;
import dev.quicklime.torch.internal.BakedBatch;
import dev.quicklime.torch.internal.InputProblem;
import dev.quicklime.torch.internal.ModelOutput;
import dev.quicklime.torch.internal.ModelOutputs;
import dev.quicklime.torch.internal.ScoreTensor;
import dev.quicklime.torch.internal.TorchDevice;
import dev.quicklime.torch.internal.TorchErrors;
import dev.quicklime.torch.internal.TorchException;
import dev.quicklime.torch.internal.TorchRuntime;
import dev.quicklime.torch.internal.cam.GraphOutline.Place;
import dev.quicklime.torch.internal.graph.BatchConstants;
import dev.quicklime.torch.internal.graph.OutputNames;
import dev.quicklime.torch.internal.graph.PixelUse;
import dev.quicklime.torch.internal.graph.TrainingSteps;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Graph;
import org.bytedeco.pytorch.GraphExecutor;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A TorchScript module on one device, in single precision, that gives gradients of its scores with
 * respect to any value of its graph that has places of the picture. It owns the native module and
 * is closed once; calls are serialised.
 *
 * <p>The module is frozen, without merging steps: parameters become constants and what depends on
 * attributes alone is settled, so that modules and their branches become one row of steps. One that
 * cannot be frozen is taken apart as it is. Cuts of the graph are kept for the layers that were
 * asked for last.
 */
public final class CamModule implements AutoCloseable {

  /** A cut is a list of steps; the parameters are everybody's. */
  private static final int MOST_CUTS = 8;

  private static final int MOST_INPUTS = 32;

  /** As large as a batch may be that is only tried. */
  private static final long MOST_VALUES = 1L << 27;

  /** As far as scores of one picture may differ between places of a batch. */
  private static final double TOLERANCE = 1e-3;

  private final String name;
  private final TorchDevice device;
  private final int threads;
  private final JitModule module;
  private final Graph forward;
  private final CamGraph graph;
  private final TrainingSteps training;
  private final OutputNames names;
  private final boolean bytes;
  private final @Nullable String output;
  private final Map<Place, GraphExecutor> cuts = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<List<Long>, List<CandidateLayer>> measured = new HashMap<>();
  private final Map<List<Long>, CandidateLayer> chosen = new HashMap<>();
  private int takes;
  private boolean channelsLast;
  private boolean closed;

  private CamModule(
      String name,
      TorchDevice device,
      int threads,
      JitModule module,
      Graph forward,
      @Nullable String output) {
    this.name = name;
    this.device = device;
    this.threads = threads;
    this.module = module;
    this.forward = forward;
    this.graph = new CamGraph(forward);
    this.training = TrainingSteps.of(forward);
    this.names = OutputNames.of(module);
    this.bytes = PixelUse.takesBytes(forward);
    this.output = output;
  }

  /**
   * Loads a TorchScript archive.
   *
   * @param threads threads of a pass on the CPU, ≥ 1
   * @param output name or index of the one of several outputs that holds the scores, or null
   * @throws TorchException if libtorch refuses the file
   */
  public static CamModule load(
      Path file, TorchDevice device, int threads, @Nullable String output) {
    TorchRuntime.load();
    try (PointerScope _ = new PointerScope()) {
      CamFile read = CamFile.read(file, device);
      CamModule loaded =
          new CamModule(
              String.valueOf(file.getFileName()),
              device,
              threads,
              read.module(),
              read.forward(),
              output);
      read.module().retainReference();
      read.forward().retainReference();
      return loaded;
    } catch (RuntimeException e) {
      throw new TorchException(TorchErrors.oneLine(e), e);
    }
  }

  /** Whether pictures must have pixels of 0 to 255. */
  public boolean takesBytes() {
    return bytes;
  }

  /** What whoever reads scores and gradients should know; one sentence each. */
  public List<String> notices() {
    return training.notices();
  }

  /**
   * Every value with places of the picture, in the order of computation.
   *
   * @param input batch, channels, (frames,) height, width; the batch does not matter
   * @throws TorchException if the module fails on such an input
   */
  public synchronized List<CandidateLayer> layers(long[] input) {
    checkOpen();
    List<Long> key = key(input);
    List<CandidateLayer> known = measured.get(key);
    if (known == null) {
      known = List.copyOf(measure(input.clone()));
      if (measured.size() >= MOST_INPUTS) {
        measured.clear();
        chosen.clear();
      }
      measured.put(key, known);
    }
    return known;
  }

  /** What inputs have in common whose batches alone differ. */
  private static List<Long> key(long[] input) {
    return Arrays.stream(input).skip(1).boxed().toList();
  }

  /** Pictures of one pass where the module takes no other number; 0 where it takes any. */
  public synchronized int takes() {
    return takes;
  }

  private List<CandidateLayer> measure(long[] input) {
    input[0] = Math.max(1, takes);
    try {
      return measureOf(input);
    } catch (TorchException e) {
      if (!channelsLast && InputProblem.channelsLast(String.valueOf(e.getMessage()), input)) {
        channelsLast = true;
        try {
          return measure(input);
        } catch (TorchException other) {
          channelsLast = false;
          throw e;
        }
      }
      int found = takes == 0 ? fixBatch(input) : 0;
      if (found == 0) {
        throw e;
      }
      takes = found;
      input[0] = found;
      return measureOf(input);
    }
  }

  /** The one batch that the module takes, or 0. */
  private int fixBatch(long[] input) {
    long row = Arrays.stream(input).skip(1).reduce(1, (a, b) -> a * b);
    int limit = (int) Math.max(1, Math.min(BakedBatch.LARGEST, MOST_VALUES / row));
    return BakedBatch.find(
        BatchConstants.of(forward, limit),
        1,
        TOLERANCE,
        training.any(),
        (batch, same) -> {
          input[0] = batch;
          float[] values = noise(input);
          for (int i = 1; same && i < batch; i++) {
            System.arraycopy(values, 0, values, i * (int) row, (int) row);
          }
          return plainScores(values, input);
        });
  }

  private double[] plainScores(float[] values, long[] input) {
    try (PointerScope _ = new PointerScope();
        AutoGradMode _ = new AutoGradMode(false)) {
      IValueVector stack = stack(values, input);
      graph.measuring(List.of()).run(stack);
      IValue scores = ModelOutputs.scores(name, stack.get(0), names, output, input[0]).value();
      return ScoreTensor.values(
          name, ModelOutput.read(scores.toTensor()), (int) input[0], (int) input[0]);
    } catch (QuicklimeException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new TorchException(TorchErrors.oneLine(e), e);
    }
  }

  private List<CandidateLayer> measureOf(long[] input) {
    GraphOutline outline = graph.outline();
    List<Place> places = outline.between();
    TorchRuntime.setThreads(threads);
    try (PointerScope _ = new PointerScope();
        AutoGradMode _ = new AutoGradMode(false)) {
      GraphExecutor executor = graph.measuring(places);
      IValueVector stack = stack(noise(input), input);
      executor.run(stack);
      Map<Long, long[]> shapes = new HashMap<>();
      for (int i = 0; i < places.size(); i++) {
        LongVector size = stack.get(i + 1L).toIntVector();
        shapes.put(outline.value(places.get(i)).id(), size.get());
      }
      return new LayerSearch(outline, shapes, input).layers();
    } catch (RuntimeException e) {
      throw new TorchException(TorchErrors.oneLine(e), e);
    }
  }

  /** An input without symmetries, whose gradients are 0 only where they always are. */
  private static float[] noise(long[] input) {
    float[] values = new float[Math.toIntExact(Arrays.stream(input).reduce(1, (a, b) -> a * b))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i * 0.7 + (double) i * i * 1e-3);
    }
    return values;
  }

  /**
   * A layer by its name or its module's path.
   *
   * @param layers of the input that is meant
   * @return null if there is no such value, or if it has no places
   */
  public @Nullable CandidateLayer find(String name, List<CandidateLayer> layers) {
    Place place = graph.outline().find(name);
    return layers.stream().filter(layer -> layer.place().equals(place)).findFirst().orElse(null);
  }

  /** Paths of the modules that a name may mean, which is only the last part of each call. */
  public List<String> meanings(String name) {
    return graph.outline().meanings(name);
  }

  /** Whether a module or a tensor has this name, with places or without. */
  public boolean knows(String name) {
    return graph.outline().find(name) != null;
  }

  /**
   * The last value with places that everything goes through and that the scores depend on. Of a
   * transformer's tokens the last ones do not count where a class token alone is read.
   *
   * @return null if there is none
   */
  public synchronized @Nullable CandidateLayer automatic(long[] input) {
    List<CandidateLayer> layers = layers(input);
    List<Long> key = key(input);
    long[] one = input.clone();
    one[0] = 1;
    CandidateLayer known = chosen.get(key);
    if (known != null) {
      return known;
    }
    for (CandidateLayer layer : LayerSearch.byMerit(layers, graph.outline())) {
      if (layer.shape().order() != MapShape.Order.TOKENS || matters(layer, one)) {
        chosen.put(key, layer);
        return layer;
      }
    }
    return null;
  }

  private boolean matters(CandidateLayer layer, long[] input) {
    return run(
        noise(input),
        input,
        layer,
        pass -> {
          float[] gradient = pass.gradient(new int[] {0}, false);
          if (gradient != null) {
            for (float value : gradient) {
              if (value != 0) {
                return true;
              }
            }
          }
          return false;
        });
  }

  /**
   * Runs the module forward.
   *
   * @param values of the input, in row-major order
   * @param input batch, channels, (frames,) height, width; of a module that takes one batch alone
   *     at most that many, the rest is filled up with zeros
   * @param use takes what it wants of the pass, which ends on return
   * @throws TorchException if the module fails
   */
  public synchronized <R> R run(
      float[] values, long[] input, CandidateLayer layer, Function<CamPass, R> use) {
    checkOpen();
    TorchRuntime.setThreads(threads);
    try (PointerScope _ = new PointerScope();
        AutoGradMode _ = new AutoGradMode(true)) {
      CamPass pass;
      try {
        long[] padded = input.clone();
        padded[0] = Math.max(input[0], takes);
        int rows = (int) input[0];
        float[] all = Arrays.copyOf(values, Math.toIntExact(values.length / rows * padded[0]));
        IValueVector stack = stack(all, padded);
        cut(layer.place()).run(stack);
        Tensor activation = stack.get(1).toTensor();
        IValue scores = ModelOutputs.scores(name, stack.get(0), names, output, padded[0]).value();
        pass = CamPass.of(name, layer.shape(), rows, scores, activation);
      } catch (QuicklimeException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new TorchException(TorchErrors.oneLine(e), e);
      }
      return use.apply(pass);
    }
  }

  private GraphExecutor cut(Place place) {
    GraphExecutor known = cuts.get(place);
    if (known != null) {
      return known;
    }
    GraphExecutor made = graph.cut(place);
    made.retainReference();
    cuts.put(place, made);
    if (cuts.size() > MOST_CUTS) {
      Iterator<GraphExecutor> eldest = cuts.values().iterator();
      eldest.next().releaseReference();
      eldest.remove();
    }
    return made;
  }

  private IValueVector stack(float[] values, long[] input) {
    Tensor host =
        torch.from_blob(new FloatPointer(values), input, new TensorOptions(torch.ScalarType.Float));
    if (channelsLast) {
      host = host.permute(0, 2, 3, 1).contiguous();
    }
    Tensor there = device.cuda() ? host.to(device.open(), torch.ScalarType.Float) : host;
    return new IValueVector(new IValue(module._ivalue()), new IValue(there));
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("this model is closed");
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      cuts.values().forEach(GraphExecutor::releaseReference);
      cuts.clear();
      forward.releaseReference();
      module.releaseReference();
    }
  }
}
