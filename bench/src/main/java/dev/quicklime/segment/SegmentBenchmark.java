package dev.quicklime.segment;

import static java.util.Objects.requireNonNull;

import dev.quicklime.bench.Announcement;
import dev.quicklime.image.Image;
import dev.quicklime.internal.opencv.SlicSuperpixels;
import dev.quicklime.internal.opencv.SlicSuperpixels.Algorithm;
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
 * Cuts a picture into about 100 superpixels: one run of SLIC, the whole search for a region that
 * gives as many as are asked for, and what happens to the labels of a run.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class SegmentBenchmark {

  private static final int SEGMENTS = 100;
  private static final int CHANNELS = 3;

  /** Pixels, width by height. */
  @Param({"224x224", "384x384", "640x480"})
  public String size = "224x224";

  private int width;
  private int height;
  private @Nullable Image picture;
  private float[] features = {};
  private int[] labels = {};

  /** Draws a picture of soft waves and runs SLIC once. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement) {
    prepare();
  }

  void prepare() {
    String[] sides = size.split("x", -1);
    width = Integer.parseInt(sides[0]);
    height = Integer.parseInt(sides[1]);
    byte[] pixels = new byte[width * height * CHANNELS];
    for (int i = 0; i < pixels.length; i++) {
      int c = i % CHANNELS;
      int x = i / CHANNELS % width;
      int y = i / CHANNELS / width;
      double wave = Math.sin(x / 17.0 + c) + Math.cos(y / 23.0 - c) + Math.sin(x * y / 3e3);
      pixels[i] = (byte) (128 + 40 * wave);
    }
    Image drawn = Image.of8(width, height, CHANNELS, pixels);
    picture = drawn;
    features = SlicSuperpixels.features(drawn.toFloats(), width, height, CHANNELS);
    labels = slic();
  }

  /** The yardstick: one run, from features to labels. */
  @Benchmark
  public int[] slic() {
    int region = (int) Math.round(Math.sqrt((double) width * height / SEGMENTS));
    return SlicSuperpixels.labels(
        features, width, height, CHANNELS, Algorithm.SLIC, region, 10, 10);
  }

  /** A map of its labels, and a copy of them as composing takes it. */
  @Benchmark
  public int[] labels() {
    return SegmentMap.relabel(width, height, labels).labels();
  }

  /** All of it, as for every explanation. */
  @Benchmark
  public SegmentMap segment() {
    return Segmentation.segment(requireNonNull(picture), Slic.of(SEGMENTS));
  }
}
