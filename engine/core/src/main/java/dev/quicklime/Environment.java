package dev.quicklime;

import dev.quicklime.internal.CpuName;
import dev.quicklime.internal.kernel.Kernels;
import dev.quicklime.internal.kernel.WarmUp;
import dev.quicklime.internal.opencv.OpenCvRuntime;
import java.nio.file.Path;

/**
 * What Quicklime runs on: the JVM, the processor and OpenCV. Each question loads only what it asks
 * about, so one that fails leaves the others answerable. May be used by several threads at once.
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
   * Loads OpenCV, which takes some tenths of a second of one processor. Worth calling on a thread
   * of its own as soon as it is known that something will be explained. A process must not end
   * while this runs: native libraries would be torn down while they are set up.
   *
   * @throws QuicklimeException if it cannot be loaded; whoever needs it later is told the same
   */
  public static void loadNativeCode() {
    OpenCvRuntime.load();
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

  /** The folder to which JavaCPP unpacks native code, at the first start. */
  public static Path nativeCache() {
    return OpenCvRuntime.cacheFolder();
  }
}
