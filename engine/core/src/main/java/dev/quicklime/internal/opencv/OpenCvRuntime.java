package dev.quicklime.internal.opencv;

import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.jvm.JvmOptions;
import dev.quicklime.internal.jvm.UnpackedCode;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_ximgproc;

/** OpenCV as a whole. */
public final class OpenCvRuntime {
  private OpenCvRuntime() {}

  /**
   * Loads the native code of every part that this package uses, which else happens when it is first
   * used.
   *
   * @throws QuicklimeException if that cannot be done, with what to do about it
   */
  public static void load() {
    OpenCv.load();
    try (UnpackedCode.Turn _ = UnpackedCode.turn()) {
      loadParts();
    }
  }

  static void loadParts() {
    Loader.load(opencv_imgproc.class);
    Loader.load(opencv_imgcodecs.class);
    Loader.load(opencv_ximgproc.class);
  }

  /**
   * OpenCV's version as its native code reports it.
   *
   * @throws QuicklimeException if it cannot be loaded, with what to do about it
   */
  public static String version() {
    OpenCv.load();
    return opencv_core.CV_VERSION();
  }

  /** The folder to which JavaCPP unpacks native code. */
  public static Path cacheFolder() {
    JvmOptions.prepare();
    try {
      return Loader.getCacheDir().toPath();
    } catch (IOException e) {
      throw new QuicklimeException(
          "JavaCPP finds no folder to unpack native code to; name one with"
              + " -Dorg.bytedeco.javacpp.cachedir=FOLDER",
          e);
    }
  }
}
