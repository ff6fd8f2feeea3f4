package dev.quicklime.onnx;

import dev.quicklime.Environment;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cam.CamInput;
import dev.quicklime.cam.CamLayer;
import dev.quicklime.cam.CamModel;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.CamResult;
import dev.quicklime.internal.cam.CamGradients;
import dev.quicklime.internal.cam.CamRun;
import dev.quicklime.internal.cam.MapShape;
import dev.quicklime.model.Device;
import dev.quicklime.onnx.internal.OnnxElement;
import dev.quicklime.onnx.internal.OnnxException;
import dev.quicklime.onnx.internal.cam.CutModel;
import dev.quicklime.onnx.internal.cam.InnerValues;
import dev.quicklime.onnx.internal.cam.ModelParts;
import dev.quicklime.onnx.internal.cam.OnnxGradients;
import dev.quicklime.onnx.internal.cam.PictureTensor;
import dev.quicklime.onnx.internal.file.OnnxFile;
import dev.quicklime.run.Timings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Grad-CAM of one ONNX file, for pictures. ONNX Runtime has no gradients: the file is cut at the
 * layer, and the weights α are found by central differences of what follows it, which are exact up
 * to rounding where that is pooling and a linear layer. A layer is a value through which everything
 * goes, in maps [batch, K, height, width] or [batch, height, width, K] of single precision; its
 * name is that of the value in the graph. Where none is named it is the one called {@code
 * activation}, else the last one before anything is pooled.
 *
 * <p>Holds the model's native memory until it is closed. May be used by several threads at once;
 * their passes take turns.
 */
public final class OnnxGradCam implements CamModel {

  /** How many names a message has. */
  private static final int NEAR = 5;

  private final ModelParts parts;
  private final PictureInput input;
  private final PictureTensor pictures;
  private final @Nullable String output;
  private @Nullable InnerValues inner;
  private long[] measured = new long[0];
  private @Nullable CutModel cut;
  private boolean closed;

  private OnnxGradCam(ModelParts parts, PictureInput input, @Nullable String output) {
    this.parts = parts;
    this.output = output;
    this.input = input;
    this.pictures =
        new PictureTensor(
            input.name(), OnnxElement.valueOf(input.type().name()), input.layout(), input.batch());
  }

  /**
   * Loads a model file.
   *
   * @param device where it runs, which must be the processor
   * @param threads threads of a pass, 1 to 1024, or 0 for {@link Environment#threads}
   * @throws InvalidInputException if there is no such file or a number is out of range
   * @throws QuicklimeException if it is no ONNX file or takes no pictures
   */
  public static OnnxGradCam load(Path file, Device device, int threads) {
    return load(file, device, threads, null);
  }

  /**
   * Loads a model file, see {@link #load(Path, Device, int)}.
   *
   * @param output name or index of the one of several outputs that holds the scores, or null
   */
  public static OnnxGradCam load(Path file, Device device, int threads, @Nullable String output) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(device, "device");
    if (threads < 0 || threads > 1024) {
      throw new InvalidInputException("threads must be between 1 and 1024, got " + threads);
    }
    OnnxOptions.checkDevice(file, device);
    OnnxFile content = OnnxFile.read(file);
    PictureInput input = PictureInput.of(file, content, OnnxModels.card(file).facts().layout());
    int used = threads > 0 ? threads : Environment.threads();
    return new OnnxGradCam(new ModelParts(file, content, used), input, output);
  }

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public int threads() {
    return parts.threads();
  }

  @Override
  public synchronized List<CamLayer> layers(int... size) {
    long[] shape = Arrays.stream(size).asLongStream().toArray();
    return guarded(
        shape,
        () -> {
          InnerValues found = inner(shape);
          InnerValues.Layer automatic =
              found.layers().stream().anyMatch(InnerValues.Layer::possible)
                  ? found.automatic()
                  : automatic(found);
          return found.layers().stream()
              .filter(InnerValues.Layer::possible)
              .map(layer -> describe(layer, layer.equals(automatic)))
              .toList();
        });
  }

  @Override
  public synchronized CamResult explain(CamInput batch, CamOptions options) {
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(options, "options");
    long[] shape = batch.longShape();
    return guarded(
        shape,
        () -> {
          Timings.Clock clock = new Timings.Clock();
          InnerValues found = inner(shape);
          String asked = options.layer();
          InnerValues.Layer layer = asked == null ? automatic(found) : named(found, asked);
          CutModel model = cut(found, layer);
          CamGradients pass = new OnnxGradients(model, batch.values(), shape);
          return new CamRun(
                  parts.file().toString(),
                  options,
                  describe(layer, asked == null),
                  pass,
                  batch.count(),
                  List.of())
              .maps(clock);
        });
  }

  @Override
  public synchronized double[][] scores(CamInput batch) {
    Objects.requireNonNull(batch, "batch");
    long[] shape = batch.longShape();
    return guarded(
        shape,
        () -> {
          InnerValues found = inner(shape);
          CutModel model = cut;
          if (model == null) {
            // Any layer will do.
            model =
                cut(
                    found,
                    found.layers().stream()
                        .filter(InnerValues.Layer::possible)
                        .reduce((one, later) -> later)
                        .orElseGet(() -> automatic(found)));
          }
          return CamRun.scores(
              parts.file().toString(), model.run(batch.values(), shape).scores(), batch.count());
        });
  }

  private InnerValues inner(long[] shape) {
    if (closed) {
      throw new IllegalStateException("model " + parts.file() + " is closed");
    }
    long[] size = checked(shape);
    InnerValues known = inner;
    if (known == null || !Arrays.equals(size, measured)) {
      forget();
      known = InnerValues.measure(parts, pictures, shape, output);
      inner = known;
      measured = size;
    }
    return known;
  }

  /** Channels, rows and columns of a picture, which the file must take. */
  private long[] checked(long[] shape) {
    if (shape.length != 4 || Arrays.stream(shape).anyMatch(size -> size < 1)) {
      throw new InvalidInputException(
          ("an ONNX file is mapped picture by picture, [batch, channels, height, width], got %s:"
                  + " clips of frames need the network as TorchScript")
              .formatted(Arrays.toString(shape)));
    }
    long[] size = Arrays.copyOfRange(shape, 1, 4);
    long[] own = {input.channels(), input.height(), input.width()};
    for (int i = 0; i < own.length; i++) {
      if (own[i] != 0 && own[i] != size[i]) {
        throw new InvalidInputException(
            "pictures for model %s must have %s channels, rows and columns, got %s"
                .formatted(
                    parts.file(),
                    Arrays.toString(own).replace("[0,", "[?,").replace(" 0", " ?"),
                    Arrays.toString(size)));
      }
    }
    return size;
  }

  private CutModel cut(InnerValues found, InnerValues.Layer layer) {
    CutModel known = cut;
    if (known == null || !known.layer().name().equals(layer.name())) {
      if (known != null) {
        cut = null;
        known.close();
      }
      known = CutModel.of(parts, pictures, found, layer);
      cut = known;
    }
    return known;
  }

  /** The layer that is taken where none is named. */
  private InnerValues.Layer automatic(InnerValues found) {
    InnerValues.Layer layer = found.automatic();
    if (layer == null || !layer.possible()) {
      String others = names(found);
      throw new QuicklimeException(
          ("model %s has no layer that can be mapped without gradients: the last one with places of"
                  + " the picture must be maps [batch, K, height, width] in float32 through which"
                  + " everything goes, got %s: take the network as TorchScript, which has"
                  + " gradients%s")
              .formatted(
                  parts.file(),
                  layer == null ? "none" : shown(layer),
                  others.isEmpty() ? "" : ", or name an earlier one, of " + others));
    }
    return layer;
  }

  private InnerValues.Layer named(InnerValues found, String asked) {
    InnerValues.Layer layer = found.find(asked);
    if (layer == null) {
      String others = names(found);
      throw new InvalidInputException(
          "layer must be one of model %s, a value through which everything goes, got %s; %s"
              .formatted(
                  parts.file(),
                  asked,
                  others.isEmpty()
                      ? "it has none with places of the picture"
                      : "the last ones are " + others));
    }
    if (!layer.possible()) {
      throw new InvalidInputException(
          "layer must be maps [batch, K, height, width] in float32 in an ONNX file, got %s of model %s"
              .formatted(shown(layer), parts.file()));
    }
    return layer;
  }

  /** Names of the last layers that can be mapped. */
  private static String names(InnerValues found) {
    List<String> names =
        found.layers().stream()
            .filter(InnerValues.Layer::possible)
            .map(InnerValues.Layer::name)
            .toList();
    return names.subList(Math.max(0, names.size() - NEAR), names.size()).reversed().stream()
        .collect(Collectors.joining(", "));
  }

  private static String shown(InnerValues.Layer layer) {
    return "%s %s of %s%s"
        .formatted(
            layer.maps().order() == MapShape.Order.TOKENS ? "tokens" : "maps",
            layer.name(),
            layer.type(),
            Arrays.toString(layer.dimensions()));
  }

  private static CamLayer describe(InnerValues.Layer layer, boolean automatic) {
    return new CamLayer(
        layer.name(),
        null,
        layer.operation(),
        layer.maps().channels(),
        1,
        layer.maps().height(),
        layer.maps().width(),
        false,
        automatic);
  }

  private <T> T guarded(long[] shape, Supplier<T> work) {
    try {
      return work.get();
    } catch (OnnxException e) {
      throw new QuicklimeException(
          "model %s failed on an input of %s: %s"
              .formatted(parts.file(), Arrays.toString(shape), e.getMessage()),
          e);
    }
  }

  private void forget() {
    inner = null;
    CutModel known = cut;
    cut = null;
    if (known != null) {
      known.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    forget();
  }
}
