package dev.quicklime.design;

import static java.util.Objects.requireNonNull;

import dev.quicklime.bench.Announcement;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Image;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.perturb.Compositor;
import dev.quicklime.perturb.Fill;
import dev.quicklime.perturb.Perturbation;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.segment.Segmentation;
import dev.quicklime.segment.Tiles;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Draws the masks of a run: beside it, composing its pictures of 224×224 in bfloat16. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class DesignBenchmark {

  private static final int SIDE = 224;
  private static final int TILES = 10;
  private static final int BATCH = 16;

  /** What is drawn. */
  public enum Kind {
    /** A row, then its complement. */
    ANTITHETIC,
    /** Rows of Hadamard matrices, then their complements. */
    HADAMARD,
    /** Sizes by Kernel SHAP's law. */
    FIXED_SIZE;

    Design design() {
      return switch (this) {
        case ANTITHETIC -> new Antithetic();
        case HADAMARD -> new FoldedHadamard();
        case FIXED_SIZE -> new FixedSize();
      };
    }
  }

  /** The design. */
  @Param({"ANTITHETIC", "HADAMARD", "FIXED_SIZE"})
  public Kind design = Kind.ANTITHETIC;

  /** Samples. */
  @Param("1000")
  public int n;

  private long seed;
  private @Nullable MaskMatrix masks;
  private @Nullable Compositor compositor;
  private @Nullable NativeBuffer target;
  private MemorySegment to = MemorySegment.NULL;

  /** Prepares composing of a hundred tiles. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement) {
    byte[] pixels = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31 % 251);
    }
    Image picture = Image.of8(SIDE, SIDE, 3, pixels);
    SegmentMap map = Segmentation.segment(picture, new Tiles(TILES, TILES));
    BatchFormat format =
        new BatchFormat(
            Preprocessing.imageNet().withSize(SIDE, SIDE), PixelType.BFLOAT16, Layout.NCHW);
    compositor = Compositor.of(Perturbation.of(picture, map, Fill.gray()), format);
    masks = MaskSampler.draw(design.design(), n, TILES * TILES, 0);
    target = new NativeBuffer(BATCH * format.bytes());
    to = target.segment();
  }

  /** Frees the batch. */
  @TearDown(Level.Trial)
  public void free() {
    requireNonNull(compositor).close();
    requireNonNull(target).close();
  }

  /** All rows, of another seed each time. */
  @Benchmark
  public MaskMatrix draw() {
    return MaskSampler.draw(design.design(), n, TILES * TILES, seed++);
  }

  /** The yardstick: what these rows are for. */
  @Benchmark
  public MemorySegment compose() {
    MaskMatrix rows = requireNonNull(masks);
    for (int first = 0; first < rows.rows(); first += BATCH) {
      int count = Math.min(BATCH, rows.rows() - first);
      requireNonNull(compositor).compose(rows, first, count, to);
    }
    return to;
  }
}
