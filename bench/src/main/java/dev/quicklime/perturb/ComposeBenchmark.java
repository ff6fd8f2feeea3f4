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

/** Composes pictures of 224×224 pixels and 3 channels with 100 superpixels, filled with gray. */
@State(Scope.Benchmark)
public class ComposeBenchmark extends Composing {

  /** Which twin composes. */
  @Param({"VECTOR", "SCALAR"})
  public Implementation implementation = Implementation.VECTOR;

  /** Pictures per batch. */
  @Param({"16", "1", "4", "64"})
  public int batch = 16;

  /** Number format of the batch. */
  @Param({"FLOAT32", "BFLOAT16", "FLOAT16", "UINT8"})
  public PixelType type = PixelType.FLOAT32;

  /** Order of the elements in the batch. */
  @Param({"NCHW", "NHWC"})
  public Layout layout = Layout.NCHW;

  /** Prepares a batch of this setting. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement) {
    prepare(setting());
  }

  ComposeSetting setting() {
    return new ComposeSetting(implementation, batch, 100, type, layout, "224x224", 3, "gray");
  }
}
