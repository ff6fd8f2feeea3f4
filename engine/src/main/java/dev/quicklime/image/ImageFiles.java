package dev.quicklime.image;

import dev.quicklime.internal.opencv.OpenCv;
import java.nio.file.Path;

/** Reads and writes picture files. */
public final class ImageFiles {
  private ImageFiles() {}

  public static Image read(Path file) {
    return read(file, ReadLimits.defaults());
  }

  public static Image read(Path file, ReadLimits limits) {
    throw new UnsupportedOperationException("not there yet: " + file + limits);
  }

  public static void writePng(Image image, Path file) {
    throw new UnsupportedOperationException("not there yet: " + image + file);
  }

  public static boolean looksLikeImage(Path file) {
    throw new UnsupportedOperationException("not there yet: " + file);
  }

  /** The native codec and its version, for instance {@code OpenCV 4.14.0}. */
  public static String codecVersion() {
    return "OpenCV " + OpenCv.version();
  }
}
