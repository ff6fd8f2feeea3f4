package dev.quicklime.cam;

import static java.util.Objects.requireNonNull;

import dev.quicklime.bench.Announcement;
import dev.quicklime.bench.Libtorch;
import dev.quicklime.image.Layout;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Device;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.torch.Models;
import dev.quicklime.torch.TorchScript;
import dev.quicklime.torch.cam.GradCam;
import java.lang.foreign.ValueLayout;
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

/** Maps of pictures by the bundled model, beside its forward pass, each with one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class GradCamBenchmark {

  /** Pictures in a pass. */
  @Param({"1", "16"})
  public int batch;

  /** Classes of each picture. */
  @Param({"1", "3"})
  public int classes;

  private @Nullable GradCam cam;
  private @Nullable CamInput input;
  private @Nullable CamOptions options;
  private @Nullable TorchScript model;
  private @Nullable Batch pixels;

  /**
   * Loads the model twice and fills a batch with waves, of which each picture sees another part.
   */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement, Libtorch libtorch) {
    Path file = Bundled.model();
    TorchScript loaded =
        TorchScript.open(
            file,
            ModelOptions.of(Models.card(file).preprocessing())
                .withDevice(Device.cpu())
                .withPrecision(Precision.FP32)
                .withThreads(1)
                .withBatch(batch));
    Batch filled = loaded.newBatch();
    var size = loaded.format().preprocessing();
    int channels = size.channels();
    int places = size.width() * size.height();
    boolean last = loaded.format().layout() == Layout.NHWC;
    float[] values = new float[batch * channels * places];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i / 97.0);
      int picture = i / (channels * places);
      int channel = i / places % channels;
      int at = last ? (picture * places + i % places) * channels + channel : i;
      filled.pixels().setAtIndex(ValueLayout.JAVA_FLOAT, at, values[i]);
    }
    model = loaded;
    pixels = filled;
    cam = GradCam.load(file, Device.cpu(), 1);
    input = CamInput.of(values, batch, channels, size.height(), size.width());
    options = CamOptions.defaults().withTop(classes);
  }

  /** Maps of all pictures and classes, from one forward pass. */
  @Benchmark
  public CamResult explain() {
    return requireNonNull(cam).explain(requireNonNull(input), requireNonNull(options));
  }

  /** Scores of the same pictures, from the optimised module. */
  @Benchmark
  public double[] forward() {
    return requireNonNull(model).score(requireNonNull(pixels), batch);
  }

  /** Frees the models. */
  @TearDown(Level.Trial)
  public void free() {
    requireNonNull(pixels).close();
    requireNonNull(model).close();
    requireNonNull(cam).close();
  }
}
