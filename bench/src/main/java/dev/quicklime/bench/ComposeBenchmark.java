package dev.quicklime.bench;

import static java.util.Objects.requireNonNull;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Image;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.perturb.Compositor;
import dev.quicklime.perturb.Fill;
import dev.quicklime.perturb.Perturbation;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.segment.Segmentation;
import dev.quicklime.segment.Slic;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Composes a batch of perturbed pictures, 224×224 pixels of 3 channels, with SLIC superpixels:
 * beside it the copying of as many bytes and the scalar kernel.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ComposeBenchmark {

  private static final int SIDE = 224;
  private static final int SAMPLES = 1000;

  /** Images per batch. */
  @Param({"1", "16", "64"})
  public int batch;

  /** Superpixels asked for. */
  @Param({"25", "100", "400"})
  public int segments;

  /** Number format of the batch. */
  @Param({"FLOAT32", "BFLOAT16"})
  public PixelType type = PixelType.FLOAT32;

  /** Order of the elements in the batch. */
  @Param({"NCHW", "NHWC"})
  public Layout layout = Layout.NCHW;

  private MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 1, 1, 0);
  private @Nullable Compositor compositor;
  private MemorySegment from = MemorySegment.NULL;
  private MemorySegment to = MemorySegment.NULL;
  private int next;

  /** Draws a picture of soft blobs, segments it and allocates the batch. */
  @Setup(Level.Trial)
  public void prepare(Kernels kernels) {
    Preprocessing input = Preprocessing.imageNet().withSize(SIDE, SIDE);
    Image picture = picture();
    SegmentMap map = Segmentation.segment(picture, Slic.defaults().withSegments(segments));
    masks = MaskSampler.draw(Bernoulli.defaults(), SAMPLES, map.count(), 1);
    BatchFormat format = new BatchFormat(input, type, layout);
    compositor = Compositor.of(Perturbation.of(picture, map, Fill.gray()), format);
    Arena arena = Arena.ofAuto();
    from = arena.allocate(batch * format.bytes(), 64);
    to = arena.allocate(batch * format.bytes(), 64);
  }

  private static Image picture() {
    byte[] pixels = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < pixels.length; i++) {
      int x = i / 3 % SIDE;
      int y = i / 3 / SIDE;
      double wave = Math.sin(x / 17.0 + i % 3) + Math.cos(y / 23.0 - i % 3) + Math.sin(x * y / 3e3);
      pixels[i] = (byte) (128 + 40 * wave);
    }
    return Image.of8(SIDE, SIDE, 3, pixels);
  }

  /** The kernel that is used by default. */
  @Benchmark
  public MemorySegment compose() {
    next = next + batch <= SAMPLES ? next + 1 : 0;
    requireNonNull(compositor).compose(masks, next, batch, to);
    return to;
  }

  /** Its scalar twin. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Ddev.quicklime.kernels=scalar")
  public MemorySegment composeScalar() {
    return compose();
  }

  /** The yardstick: as many bytes, copied. */
  @Benchmark
  public MemorySegment copy() {
    return to.copyFrom(from);
  }
}
