package dev.quicklime;

import dev.quicklime.internal.kernel.Kernels;
import dev.quicklime.internal.kernel.WarmUp;
import dev.quicklime.internal.opencv.OpenCvRuntime;
import dev.quicklime.internal.torch.TorchRuntime;
import java.nio.file.Path;

/**
 * What Quicklime runs on: the JVM, the processor and the native libraries. Each question loads only
 * what it asks about, so one that fails leaves the others answerable. May be used by several
 * threads at once.
 */
public final class Environment {
  private Environment() {}

  /** The engine's version. */
  public static String version() {
    return Versions.quicklime();
  }

  /** The JVM's version and vendor. */
  public static String jdk() {
    return Runtime.version() + " (" + System.getProperty("java.vendor") + ")";
  }

  /** The processor's model name, or its architecture where the system tells no name. */
  public static String cpu() {
    return CpuName.VALUE;
  }

  /** How many processors the JVM may use. */
  public static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * Which implementation of the hot loops is used: {@code scalar} with the reason, or {@code
   * vector} with its width.
   */
  public static String kernels() {
    return Kernels.reasonedDescription();
  }

  /**
   * Compiles the hot loops by running them on a little data, which takes a few tenths of a second
   * of one processor. Worth calling on a thread of its own while a model is loaded, where the first
   * explanation of a process matters.
   */
  public static void warmUpKernels() {
    WarmUp.run();
  }

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
    OpenCvRuntime.load();
    TorchRuntime.load();
  }

  /** Bits of one vector register as the kernels use it; 0 where they are scalar. */
  public static int vectorBits() {
    return Kernels.chosen().vectorBits();
  }

  /**
   * OpenCV's version.
   *
   * @throws QuicklimeException if its native code cannot be loaded
   */
  public static String openCv() {
    return OpenCvRuntime.version();
  }

  /**
   * libtorch's version, after one small computation with it.
   *
   * @throws QuicklimeException if its native code cannot be loaded or computes nonsense
   */
  public static String torch() {
    TorchRuntime.check();
    return TorchRuntime.version();
  }

  /**
   * How many threads libtorch gives one forward.
   *
   * @throws QuicklimeException if its native code cannot be loaded
   */
  public static int torchThreads() {
    return TorchRuntime.threads();
  }

  /**
   * The instruction set that libtorch chose for this processor, for instance {@code AVX512}.
   *
   * @throws QuicklimeException if libtorch's native code cannot be loaded
   */
  public static String torchCpuCapability() {
    return TorchRuntime.cpuCapability();
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

  /** The folder to which JavaCPP unpacks native code, at the first start. */
  public static Path nativeCache() {
    return TorchRuntime.cacheFolder();
  }

  /**
   * The GPU as libtorch sees it.
   *
   * @param state whether there is one, or why not
   * @param devices how many, 0 or more
   */
  public record Cuda(State state, int devices) {
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
