package dev.quicklime;

import dev.quicklime.internal.CpuName;
import dev.quicklime.internal.jvm.DefaultThreads;
import dev.quicklime.internal.jvm.JvmOptions;
import dev.quicklime.internal.kernel.Kernels;
import dev.quicklime.internal.kernel.WarmUp;
import dev.quicklime.internal.opencv.OpenCvRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What Quicklime runs on: the JVM, the processor and OpenCV. Each question loads only what it asks
 * about, so one that fails leaves the others answerable. May be used by several threads at once.
 *
 * <p>Quicklime runs in a JVM that was started without any option, and then prints nothing. Only the
 * JVM itself does: four lines about restricted methods when the first native code is loaded. No
 * library can grant itself native access; {@code --enable-native-access=ALL-UNNAMED} does, and in
 * the manifest of an executable jar {@code Enable-Native-Access: ALL-UNNAMED}. What else such a JVM
 * lacks is in {@link #advice}.
 *
 * <p>JavaCPP, which loads the native code, reads system properties when its first class is loaded.
 * Of these {@code org.bytedeco.javacpp.maxPhysicalBytes} is set to 0, which is no limit, and {@code
 * org.bytedeco.javacpp.logger} to {@code slf4j}, where the program has set neither by then.
 *
 * <p>Threads of OpenMP, with which libtorch computes, spin while they wait for each other, which
 * takes processors from everybody else and, where others compute too, tens of times as long. So
 * they are told to sleep, see {@link #waitPolicy}.
 */
public final class Environment {
  private Environment() {}

  /** The engine's version as its build states it, or {@code unknown} where it states none. */
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
   * How many threads a forward pass has where its options leave it open: what the environment
   * variable {@code OMP_NUM_THREADS} says, 1 to 1024, as cluster managers set it for processes that
   * share a machine; {@link #cores} where it is not set, or says no whole number from 1. The first
   * of several numbers counts.
   */
  public static int threads() {
    return DefaultThreads.count();
  }

  /**
   * How the threads of a forward pass wait for each other at the end of each loop, as a variable of
   * the environment says it to OpenMP: {@code OMP_WAIT_POLICY=PASSIVE}, asleep, unless the process
   * was started with that variable, {@code GOMP_SPINCOUNT} or {@code KMP_BLOCKTIME}, which is then
   * the answer. Empty where the system has no way to set it.
   *
   * <p>It is settled, for the whole process, by this call, or by the first that loads native code,
   * whichever is earlier; an OpenMP that another library has loaded before stays as it is.
   */
  public static Optional<String> waitPolicy() {
    return Optional.ofNullable(JvmOptions.waitPolicy());
  }

  /**
   * Which implementation of the hot loops is used: {@code scalar} with the reason, or {@code
   * vector} with its width.
   */
  public static String kernels() {
    return Kernels.reasonedDescription();
  }

  /**
   * What of the JVM's options falls short, and what to start it with instead: one clause each,
   * nothing where all is well. All of it is logged as one warning when the first native code is
   * loaded; whether JavaCPP had been loaded before, with a limit on the memory of the process, is
   * known only then. It loads nothing.
   */
  public static List<String> advice() {
    return JvmOptions.advice();
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
   * The version of OpenCV that is loaded; loads it if it was not yet.
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
