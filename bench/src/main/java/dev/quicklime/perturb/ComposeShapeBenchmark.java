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

/** Composes batches of 16 pictures of other sizes and numbers of channels. */
@State(Scope.Benchmark)
public class ComposeShapeBenchmark extends Composing {

  /** Which twin composes. */
  @Param({"VECTOR", "SCALAR"})
  public Implementation implementation = Implementation.VECTOR;

  /** Width and height of a picture, in pixels. */
  @Param({"224x224", "96x96", "384x384", "640x480"})
  public String size = "224x224";

  /** Channels of a picture. */
  @Param({"3", "1", "4"})
  public int channels = 3;

  /** Prepares a batch of this setting. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement) {
    prepare(setting());
  }

  ComposeSetting setting() {
    return new ComposeSetting(
        implementation, 16, 100, PixelType.FLOAT32, Layout.NCHW, size, channels, "gray");
  }
}
