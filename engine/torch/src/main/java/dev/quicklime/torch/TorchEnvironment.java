package dev.quicklime.torch;

import dev.quicklime.Environment;
import dev.quicklime.QuicklimeException;
import dev.quicklime.torch.internal.TorchDevice;
import dev.quicklime.torch.internal.TorchRuntime;
import java.util.Objects;

/**
 * What libtorch is and where it runs, beside what {@link Environment} tells of the JVM and the
 * processor. Each question but that for bfloat16 loads libtorch's native code. May be used by
 * several threads at once.
 */
public final class TorchEnvironment {
  private TorchEnvironment() {}

  /**
   * Loads OpenCV and libtorch, which takes some tenths of a second of one processor. Worth calling
   * on a thread of its own as soon as it is known that something will be explained; whoever needs
   * libtorch meanwhile waits for it. A process must not end while this runs: native libraries would
   * be torn down while they are set up.
   *
   * @throws QuicklimeException if either cannot be loaded; whoever needs it later is told the same
   */
  public static void loadNativeCode() {
    // One after the other: JavaCPP's records of what it has loaded are not made for two threads.
    Environment.loadNativeCode();
    TorchRuntime.load();
  }

  /**
   * libtorch's version, after one small computation with it.
   *
   * @throws QuicklimeException if its native code cannot be loaded or computes nonsense
   */
  public static String version() {
    TorchRuntime.check();
    return TorchRuntime.version();
  }

  /**
   * How many threads libtorch gives one forward.
   *
   * @throws QuicklimeException if its native code cannot be loaded
   */
  public static int threads() {
    return TorchRuntime.threads();
  }

  /**
   * The instruction set that libtorch chose for this processor, for instance {@code AVX512}.
   *
   * @throws QuicklimeException if libtorch's native code cannot be loaded
   */
  public static String cpuCapability() {
    return TorchRuntime.cpuCapability();
  }

  /** Whether this processor computes in bfloat16 itself, rather than by way of single precision. */
  public static boolean cpuBfloat16() {
    return TorchDevice.cpu().bfloat16();
  }

  /**
   * Whether a forward can run on a GPU, and if not, why.
   *
   * @throws QuicklimeException if libtorch's native code cannot be loaded
   */
  public static Cuda cuda() {
    if (TorchRuntime.cudaAvailable()) {
      return new Cuda(Cuda.State.AVAILABLE, TorchRuntime.cudaDevices());
    }
    return new Cuda(TorchRuntime.cudaBuild() ? Cuda.State.NO_DEVICE : Cuda.State.NOT_BUILT_IN, 0);
  }

  /**
   * The GPU as libtorch sees it.
   *
   * @param state whether there is one, or why not
   * @param devices how many, 0 or more
   */
  public record Cuda(State state, int devices) {

    /** Refuses what is missing. */
    public Cuda {
      Objects.requireNonNull(state, "state");
    }

    /** Whether CUDA can be used. */
    public enum State {
      /** libtorch found at least one device. */
      AVAILABLE,
      /** libtorch knows CUDA but finds neither device nor driver. */
      NO_DEVICE,
      /** This is libtorch for CPUs. */
      NOT_BUILT_IN
    }
  }
}
