package dev.quicklime.internal.opencv;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;

/**
 * Keeps OpenCV from writing to the error stream what its callers are told by an exception. The
 * preset has no call for it, so that the library's own function is looked up by its C++ name; where
 * a platform names it otherwise, the log stays as it is.
 */
final class NativeLog {
  private static final String SET_LOG_LEVEL = "_ZN2cv5utils7logging11setLogLevelENS1_8LogLevelE";
  private static final int SILENT = 0;

  private NativeLog() {}

  /**
   * Silences OpenCV for the whole process, unless the user has set its level in the environment.
   */
  static void silence() {
    Loader.load(opencv_core.class);
    if (System.getenv("OPENCV_LOG_LEVEL") != null) {
      return;
    }
    Optional<MemorySegment> function = SymbolLookup.loaderLookup().find(SET_LOG_LEVEL);
    if (function.isEmpty()) {
      return;
    }
    try {
      int _ =
          (int)
              Linker.nativeLinker()
                  .downcallHandle(
                      function.get(),
                      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                  .invokeExact(SILENT);
    } catch (Throwable e) {
      throw new IllegalStateException("OpenCV's log level could not be set", e);
    }
  }
}
