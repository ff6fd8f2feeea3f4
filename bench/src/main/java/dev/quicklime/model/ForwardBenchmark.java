package dev.quicklime.model;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.util.Objects.requireNonNull;

import dev.quicklime.bench.Announcement;
import dev.quicklime.bench.Libtorch;
import dev.quicklime.bench.RandomResNet;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.torch.Models;
import dev.quicklime.torch.TorchScript;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
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

/** A forward pass, with as many threads as there are processors. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ForwardBenchmark {

  /** What is run. */
  public enum Network {
    /** The bundled model, on pictures of 96×96. */
    BUNDLED,
    /** A ResNet-50 with random weights, on pictures of 224×224. */
    RESNET50
  }

  /** What is run. */
  @Param({"BUNDLED", "RESNET50"})
  public Network network = Network.BUNDLED;

  /** Images per batch. */
  @Param({"1", "16", "64"})
  public int batch;

  /** Number format of the forward pass. */
  @Param({"FP32", "BF16"})
  public Precision precision = Precision.FP32;

  private @Nullable TorchScript model;
  private @Nullable Batch pixels;

  /** Loads the model and fills a batch with waves, of which each picture sees another part. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement, Libtorch libtorch) {
    Path file =
        switch (network) {
          case BUNDLED -> Bundled.model();
          case RESNET50 -> RandomResNet.file();
        };
    TorchScript loaded =
        TorchScript.open(
            file,
            ModelOptions.of(Models.card(file).preprocessing())
                .withDevice(Device.cpu())
                .withPrecision(precision)
                .withBatch(batch));
    Batch filled = loaded.newBatch();
    MemorySegment to = filled.pixels();
    int elements = loaded.format().elements() * batch;
    for (int i = 0; i < elements; i++) {
      float value = (float) Math.sin(i / 97.0);
      if (precision == Precision.BF16) {
        to.setAtIndex(JAVA_SHORT, i, (short) (Float.floatToRawIntBits(value) >>> 16));
      } else {
        to.setAtIndex(JAVA_FLOAT, i, value);
      }
    }
    model = loaded;
    pixels = filled;
  }

  /** Scores of the whole batch, row by row. */
  @Benchmark
  public double[] forward() {
    return requireNonNull(model).score(requireNonNull(pixels), batch);
  }

  /** Frees the model. */
  @TearDown(Level.Trial)
  public void free() {
    requireNonNull(pixels).close();
    requireNonNull(model).close();
  }
}
