package dev.quicklime.perturb;

import dev.quicklime.bench.Announcement;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.internal.kernel.Implementation;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Composes batches of 16 pictures with other numbers of superpixels and another fill. */
@State(Scope.Benchmark)
public class ComposeFillBenchmark extends Composing {

  /** Which twin composes. */
  @Param({"VECTOR", "SCALAR"})
  public Implementation implementation = Implementation.VECTOR;

  /** Superpixels asked for. */
  @Param({"100", "25", "400"})
  public int segments = 100;

  /** Gray, which stays in registers, or each superpixel's mean, a second picture that is read. */
  @Param({"gray", "mean"})
  public String fill = "gray";

  /** Number format of the batch. */
  @Param({"FLOAT32", "BFLOAT16", "FLOAT16", "UINT8"})
  public PixelType type = PixelType.FLOAT32;

  /** Prepares a batch of this setting. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement) {
    prepare(setting());
  }

  ComposeSetting setting() {
    return new ComposeSetting(implementation, 16, segments, type, Layout.NCHW, "224x224", 3, fill);
  }
}
