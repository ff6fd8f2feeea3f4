package dev.quicklime.internal.opencv;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Encodes pictures for tests in the formats that the engine only reads. */
public final class TestCodec {
  private TestCodec() {}

  /** A file of bytes in the order blue, green, red (and alpha). */
  public static byte[] encode(String extension, byte[] bgr, int width, int height, int channels) {
    try (PointerScope _ = new PointerScope()) {
      Mat image =
          new Mat(
              height,
              width,
              opencv_core.CV_MAKETYPE(opencv_core.CV_8U, channels),
              new BytePointer(bgr));
      BytePointer file = new BytePointer();
      if (!opencv_imgcodecs.imencode(extension, image, file)) {
        throw new IllegalStateException("no encoder for " + extension);
      }
      byte[] out = new byte[(int) file.limit()];
      file.get(out);
      return out;
    }
  }
}
