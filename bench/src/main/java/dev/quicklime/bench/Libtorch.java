package dev.quicklime.bench;

import dev.quicklime.torch.TorchEnvironment;
import dev.quicklime.torch.TorchEnvironment.Cuda;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Says in every fork that runs libtorch which one it is. */
@State(Scope.Benchmark)
public class Libtorch {

  @Setup(Level.Trial)
  public void announce() {
    System.out.println("# libtorch: " + description());
  }

  static String description() {
    return "%s for %s, %s, %s threads"
        .formatted(
            TorchEnvironment.version(),
            TorchEnvironment.cuda().state() == Cuda.State.NOT_BUILT_IN ? "CPUs" : "CUDA",
            TorchEnvironment.cpuCapability(),
            TorchEnvironment.threads());
  }
}
