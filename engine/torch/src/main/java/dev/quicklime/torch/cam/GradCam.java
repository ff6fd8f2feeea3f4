package dev.quicklime.torch.cam;

import dev.quicklime.Environment;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cam.CamInput;
import dev.quicklime.cam.CamLayer;
import dev.quicklime.cam.CamModel;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.CamResult;
import dev.quicklime.internal.cam.CamRun;
import dev.quicklime.internal.cam.MapShape;
import dev.quicklime.model.Device;
import dev.quicklime.run.Timings;
import dev.quicklime.torch.Models;
import dev.quicklime.torch.internal.BakedBatch;
import dev.quicklime.torch.internal.InputProblem;
import dev.quicklime.torch.internal.ScriptFile;
import dev.quicklime.torch.internal.TorchDevice;
import dev.quicklime.torch.internal.TorchException;
import dev.quicklime.torch.internal.cam.CamModule;
import dev.quicklime.torch.internal.cam.CamPass;
import dev.quicklime.torch.internal.cam.CandidateLayer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Grad-CAM of one TorchScript model, for pictures or videos. The model needs no hooks and is not
 * changed: its graph is cut at the layer that is attributed to. Everything is computed in single
 * precision, probabilities in double.
 *
 * <p>Holds the model's native memory until it is closed. May be used by several threads at once;
 * their passes take turns.
 */
public final class GradCam implements CamModel {

  /** Larger than any pixel that has a deviation of 1 or so. */
  private static final double MOST_NORMALISED = 32;

  private final String name;
  private final CamModule module;
  private final String device;
  private final int threads;

  private GradCam(String name, CamModule module, String device, int threads) {
    this.name = name;
    this.module = module;
    this.device = device;
    this.threads = threads;
  }

  /**
   * Loads a model file, to be run with as many threads as there are processors.
   *
   * @throws InvalidInputException if there is no such file
   * @throws QuicklimeException if it is no TorchScript archive, or if the device is not there
   */
  public static GradCam load(Path file, Device device) {
    return load(file, device, 0);
  }

  /**
   * Loads a model file.
   *
   * @param threads threads of a pass on the CPU, 1 to 1024, or 0 for {@link Environment#threads}
   * @throws InvalidInputException if there is no such file
   * @throws QuicklimeException if it is no TorchScript archive, or if the device is not there
   */
  public static GradCam load(Path file, Device device, int threads) {
    return load(file, device, threads, null);
  }

  /**
   * Loads a model file that may have several outputs.
   *
   * @param threads threads of a pass on the CPU, 1 to 1024, or 0 for {@link Environment#threads}
   * @param output name or index of the output that holds the scores; or null for the only one that
   *     can, or the one called {@code logits}
   * @throws InvalidInputException if there is no such file
   * @throws QuicklimeException if it is no TorchScript archive, or if the device is not there
   */
  public static GradCam load(Path file, Device device, int threads, @Nullable String output) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(device, "device");
    if (threads < 0 || threads > 1024) {
      throw new InvalidInputException("threads must be between 1 and 1024, got " + threads);
    }
    if (Models.compiled(file)) {
      throw new QuicklimeException(
          ("model %s must be a TorchScript file for Grad-CAM, got a package of compiled code, which"
                  + " has no gradients")
              .formatted(file));
    }
    ScriptFile.check(file);
    TorchDevice on = TorchDevice.of(device);
    int count = threads > 0 ? threads : Environment.threads();
    try {
      CamModule module = CamModule.load(file, on, count, output);
      return new GradCam(String.valueOf(file.getFileName()), module, on.toString(), count);
    } catch (TorchException e) {
      throw ScriptFile.refused(file, e);
    }
  }

  @Override
  public String device() {
    return device;
  }

  @Override
  public int threads() {
    return threads;
  }

  @Override
  public List<CamLayer> layers(int... input) {
    if (input.length < 4 || input.length > 5 || Arrays.stream(input).anyMatch(n -> n < 1)) {
      throw new InvalidInputException(
          "an input must be [batch, channels, height, width] or [batch, channels, frames, height,"
              + " width], got "
              + Arrays.toString(input));
    }
    long[] shape = Arrays.stream(input).asLongStream().toArray();
    return guarded(
        shape,
        () -> {
          CandidateLayer automatic = automatic(shape);
          return module.layers(shape).stream()
              .map(layer -> describe(layer, layer.equals(automatic)))
              .toList();
        });
  }

  private static CamLayer describe(CandidateLayer layer, boolean automatic) {
    return new CamLayer(
        layer.name(),
        layer.module(),
        layer.kind().replaceFirst("^\\w+::", ""),
        layer.shape().channels(),
        layer.shape().frames(),
        layer.shape().height(),
        layer.shape().width(),
        layer.shape().order() == MapShape.Order.TOKENS,
        automatic);
  }

  @Override
  public CamResult explain(CamInput input, CamOptions options) {
    long[] shape = input.longShape();
    return guarded(
        shape,
        () -> {
          Timings.Clock clock = new Timings.Clock();
          String asked = options.layer();
          CandidateLayer automatic = asked == null ? automatic(shape) : null;
          CandidateLayer layer =
              automatic == null ? LayerNames.find(module, name, asked, shape) : automatic;
          CamLayer described = describe(layer, automatic != null);
          List<CamResult> parts =
              passes(
                  input,
                  layer,
                  (pass, count) ->
                      new CamRun(name, options, described, pass, count, notices(input))
                          .maps(clock));
          return new CamResult(
              described,
              parts.getFirst().classes(),
              parts.stream().flatMap(part -> part.pictures().stream()).toList(),
              parts.stream().flatMap(part -> part.notices().stream()).distinct().toList(),
              parts.getLast().timings());
        });
  }

  private List<String> notices(CamInput input) {
    List<String> notices = new ArrayList<>(module.notices());
    if (module.takesBytes() && normalised(input)) {
      notices.add(InputProblem.BYTES_WANTED);
    }
    if (module.takes() > 1) {
      notices.add(BakedBatch.notice(module.takes()));
    }
    return notices;
  }

  /** Whether values are no pixels of 0 to 255, however dark. */
  private static boolean normalised(CamInput input) {
    boolean whole = true;
    for (float value : input.values()) {
      if (value > MOST_NORMALISED) {
        return false;
      }
      whole &= value == Math.rint(value);
    }
    return !whole;
  }

  /** A pass of all pictures, or several where the module takes fewer. */
  private <R> List<R> passes(
      CamInput input, CandidateLayer layer, BiFunction<CamPass, Integer, R> use) {
    float[] values = input.values();
    int row = values.length / input.count();
    int most = module.takes() > 0 ? module.takes() : input.count();
    List<R> results = new ArrayList<>();
    for (int first = 0; first < input.count(); first += most) {
      int count = Math.min(most, input.count() - first);
      long[] shape = input.longShape();
      shape[0] = count;
      float[] some = Arrays.copyOfRange(values, first * row, (first + count) * row);
      results.add(module.run(some, shape, layer, pass -> use.apply(pass, count)));
    }
    return results;
  }

  @Override
  public double[][] scores(CamInput input) {
    long[] shape = input.longShape();
    return guarded(
        shape,
        () ->
            passes(
                    input,
                    automatic(shape),
                    (pass, count) -> CamRun.scores(name, pass.scores(), count))
                .stream()
                .flatMap(Arrays::stream)
                .toArray(double[][]::new));
  }

  private CandidateLayer automatic(long[] shape) {
    CandidateLayer layer = module.automatic(shape);
    if (layer == null) {
      throw new QuicklimeException(
          ("model %s has no layer with places of the picture that its scores depend on, for an"
                  + " input of %s: Grad-CAM needs maps [batch, K, height, width], or tokens [batch,"
                  + " N, features] of patches")
              .formatted(name, Arrays.toString(shape)));
    }
    return layer;
  }

  private <T> T guarded(long[] shape, Supplier<T> work) {
    try {
      return work.get();
    } catch (TorchException e) {
      throw new QuicklimeException(
          InputProblem.explained(name, String.valueOf(e.getMessage()), shape), e);
    }
  }

  /** Frees the model; no map may be under way. */
  @Override
  public void close() {
    module.close();
  }
}
