package dev.quicklime.onnx;

import dev.quicklime.Environment;
import dev.quicklime.QuicklimeException;
import dev.quicklime.onnx.internal.OnnxRuntime;

/**
 * What ONNX Runtime is. Each question loads its native code. May be used by several threads at
 * once.
 */
public final class OnnxEnvironment {

  private OnnxEnvironment() {}

  /**
   * Loads OpenCV and ONNX Runtime, which takes some tenths of a second of one processor. Worth
   * calling on a thread of its own as soon as it is known that something will be explained; whoever
   * needs them meanwhile waits. A process must not end while this runs.
   *
   * @throws QuicklimeException if either cannot be loaded; whoever needs it later is told the same
   */
  public static void loadNativeCode() {
    Environment.loadNativeCode();
    OnnxRuntime.version();
  }

  /**
   * ONNX Runtime's version, for instance {@code 1.23.2}.
   *
   * @throws QuicklimeException if its native code cannot be loaded
   */
  public static String version() {
    return OnnxRuntime.version();
  }
}
