package dev.quicklime.perturb;

import static java.util.Objects.requireNonNull;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Image;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.Kernels;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.segment.Segmentation;
import dev.quicklime.segment.Slic;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Composes batches of perturbed pictures with SLIC superpixels: beside it, copying as much. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ComposeBenchmark {

  static final int SAMPLES = 1000;

  /** Which twin composes. */
  @Param({"VECTOR", "SCALAR"})
  public Implementation implementation = Implementation.VECTOR;

  /** Pictures per batch. */
  @Param({"16", "1", "4", "64"})
  public int batch = 16;

  /** Superpixels asked for. */
  @Param({"100", "25", "400"})
  public int segments = 100;

  /** Number format of the batch. */
  @Param({"FLOAT32", "BFLOAT16"})
  public PixelType type = PixelType.FLOAT32;

  /** Order of the elements in the batch. */
  @Param({"NCHW", "NHWC"})
  public Layout layout = Layout.NCHW;

  /** Width and height of a picture, in pixels. */
  @Param({"224x224", "96x96", "384x384", "640x480"})
  public String size = "224x224";

  /** Channels of a picture. */
  @Param({"3", "1", "4"})
  public int channels = 3;

  /** Fill: one colour stays in registers, any other is a second picture that is read. */
  @Param({"gray", "mean"})
  public String fill = "gray";

  private @Nullable MaskMatrix masks;
  private @Nullable Compositor compositor;
  private @Nullable NativeBuffer source;
  private @Nullable NativeBuffer target;
  private MemorySegment from = MemorySegment.NULL;
  private MemorySegment to = MemorySegment.NULL;
  private int next;

  /** Draws a picture of soft blobs, segments it and allocates the batch. */
  @Setup(Level.Trial)
  public void prepare(dev.quicklime.bench.Kernels announced) {
    prepare();
  }

  void prepare() {
    int width = width(size);
    int height = height(size);
    Image picture = picture(width, height);
    SegmentMap map = Segmentation.segment(picture, Slic.defaults().withSegments(segments));
    masks = MaskSampler.draw(Bernoulli.defaults(), SAMPLES, map.count(), 1);
    Preprocessing input =
        Preprocessing.imageNet()
            .withSize(width, height)
            .withNormalization(
                Collections.nCopies(channels, 0.45), Collections.nCopies(channels, 0.225));
    BatchFormat format = new BatchFormat(input, type, layout);
    Fill filling = fill.equals("gray") ? Fill.gray() : new Fill.SegmentMean();
    compositor =
        new Compositor(
            Perturbation.of(picture, map, filling),
            format,
            Kernels.pixelMasks(implementation),
            Kernels.blends(implementation));
    source = new NativeBuffer(batch * format.bytes());
    target = new NativeBuffer(batch * format.bytes());
    from = source.segment();
    to = target.segment();
    next = 0;
  }

  static int width(String size) {
    return Integer.parseInt(size.substring(0, size.indexOf('x')));
  }

  static int height(String size) {
    return Integer.parseInt(size.substring(size.indexOf('x') + 1));
  }

  private Image picture(int width, int height) {
    byte[] pixels = new byte[width * height * channels];
    for (int i = 0; i < pixels.length; i++) {
      int x = i / channels % width;
      int y = i / channels / width;
      int c = i % channels;
      double wave = Math.sin(x / 17.0 + c) + Math.cos(y / 23.0 - c) + Math.sin(x * y / 3e3);
      pixels[i] = (byte) (128 + 40 * wave);
    }
    return Image.of8(width, height, channels, pixels);
  }

  /** Frees the batch. */
  @TearDown(Level.Trial)
  public void free() {
    requireNonNull(compositor).close();
    requireNonNull(source).close();
    requireNonNull(target).close();
  }

  /** One batch, of other samples each time. */
  @Benchmark
  public MemorySegment compose() {
    next = next + batch <= SAMPLES ? next + 1 : 0;
    requireNonNull(compositor).compose(requireNonNull(masks), next, batch, to);
    return to;
  }

  /** The yardstick: as many bytes, copied. */
  @Benchmark
  public MemorySegment copy() {
    return to.copyFrom(from);
  }
}
