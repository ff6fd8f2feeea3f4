package dev.quicklime.perturb;

import static java.util.Objects.requireNonNull;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Image;
import dev.quicklime.image.PixelType;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.internal.kernel.KernelSet;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Composes batches of perturbed pictures with SLIC superpixels: beside it, copying as much. Which
 * of the many settings vary together is for its subclasses; all combinations of them would take
 * hours.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public abstract class Composing {

  static final int SAMPLES = 1000;

  private @Nullable MaskMatrix masks;
  private @Nullable Compositor compositor;
  private @Nullable NativeBuffer source;
  private @Nullable NativeBuffer target;
  private MemorySegment from = MemorySegment.NULL;
  private MemorySegment to = MemorySegment.NULL;
  private int batch;
  private int next;

  /** Draws a picture of soft blobs, segments it and allocates the batch. */
  void prepare(ComposeSetting setting) {
    int width = setting.width();
    int height = setting.height();
    int channels = setting.channels();
    Image picture = picture(width, height, channels);
    SegmentMap map =
        Segmentation.segment(picture, Slic.defaults().withSegments(setting.segments()));
    masks = MaskSampler.draw(Bernoulli.defaults(), SAMPLES, map.count(), 1);
    Preprocessing input =
        Preprocessing.imageNet()
            .withSize(width, height)
            .withNormalization(
                Collections.nCopies(channels, 0.45), Collections.nCopies(channels, 0.225));
    BatchFormat format =
        new BatchFormat(
            setting.type() == PixelType.UINT8 ? input.withoutNormalization() : input,
            setting.type(),
            setting.layout());
    Fill filling = setting.fill().equals("gray") ? Fill.gray() : new Fill.SegmentMean();
    compositor =
        Compositor.of(
            Perturbation.of(picture, map, filling), format, KernelSet.of(setting.implementation()));
    batch = setting.batch();
    source = new NativeBuffer(batch * format.bytes());
    target = new NativeBuffer(batch * format.bytes());
    from = source.segment();
    to = target.segment();
    next = 0;
  }

  private static Image picture(int width, int height, int channels) {
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
