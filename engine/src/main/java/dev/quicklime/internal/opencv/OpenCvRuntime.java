package dev.quicklime.internal.opencv;

import dev.quicklime.QuicklimeException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;

/** Questions to OpenCV as a whole. */
public final class OpenCvRuntime {
  private OpenCvRuntime() {}

  /** OpenCV's version as its native code reports it. */
  public static String version() {
    try {
      Loader.load(opencv_core.class);
      return opencv_core.CV_VERSION();
    } catch (LinkageError e) {
      throw new QuicklimeException(
          "OpenCV cannot be loaded on "
              + Loader.getPlatform()
              + ": "
              + e.getMessage()
              + ". See that JavaCPP's cache (~/.javacpp) can be written and has 1 GB free",
          e);
    }
  }
}
