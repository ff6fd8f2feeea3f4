package dev.quicklime.internal.opencv;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.jvm.JvmOptions;
import dev.quicklime.internal.jvm.UnpackedCode;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;

/**
 * What the other classes of this package share: the library's version and the element types they
 * use.
 */
public final class OpenCv {
  /** OpenCV's bound on the channels of one matrix. */
  public static final int MAX_CHANNELS = 512;

  /** Why the native code is not there; only the first attempt to load it says so. */
  private static final AtomicReference<LinkageError> FAILURE = new AtomicReference<>();

  static {
    JvmOptions.prepare();
    try (UnpackedCode.Turn _ = UnpackedCode.turn()) {
      NativeLog.silence();
      // Once it is unpacked, parts are loaded as they are needed.
      if (!UnpackedCode.isKnown("opencv-")) {
        OpenCvRuntime.loadParts();
      }
      JvmOptions.report();
    } catch (LinkageError e) {
      FAILURE.set(e);
    }
  }

  private OpenCv() {}

  /**
   * Makes sure that the native code is ready and quiet.
   *
   * @throws QuicklimeException if it cannot be loaded, with what to do about it
   */
  static void load() {
    LinkageError failure = FAILURE.get();
    if (failure != null) {
      throw new QuicklimeException(
          "OpenCV cannot be loaded on "
              + Loader.getPlatform()
              + ": "
              + failure.getMessage()
              + ". See that JavaCPP's cache (~/.javacpp) can be written and has 1 GB free",
          failure);
    }
  }

  /** The version of the native library that is loaded, for instance {@code 4.14.0}. */
  public static String version() {
    try (var text = opencv_core.getVersionString()) {
      // The text comes with the zero that ends it in C.
      return text.getString().replace("\0", "");
    }
  }

  static int bytesType(int channels) {
    return opencv_core.CV_MAKETYPE(opencv_core.CV_8U, channels);
  }

  static int floatsType(int channels) {
    return opencv_core.CV_MAKETYPE(opencv_core.CV_32F, channels);
  }

  /** Refuses what would make the native code read past the end of an array. */
  static void checkPixels(int width, int height, int channels, int length) {
    if (width < 1 || height < 1 || channels < 1 || channels > MAX_CHANNELS) {
      throw new InvalidInputException(
          "a picture needs sides of at least 1 and 1 to %s channels, got %s×%s with %s"
              .formatted(MAX_CHANNELS, width, height, channels));
    }
    if ((long) width * height > Integer.MAX_VALUE || (long) width * height * channels != length) {
      throw new InvalidInputException(
          "a picture of %s×%s with %s channels needs as many values, got %s"
              .formatted(width, height, channels, length));
    }
  }
}
