package dev.quicklime.internal.opencv;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/** Decodes and encodes pictures in memory. */
public final class Codec {
  /** Every row with the filter that suits it: half the size of the fast defaults on photographs. */
  private static final int[] PNG_PARAMETERS =
      parameters(6, opencv_imgcodecs.IMWRITE_PNG_ALL_FILTERS);

  private Codec() {}

  private static int[] parameters(int level, int filter) {
    return new int[] {
      opencv_imgcodecs.IMWRITE_PNG_COMPRESSION, level,
      opencv_imgcodecs.IMWRITE_PNG_STRATEGY, opencv_imgcodecs.IMWRITE_PNG_STRATEGY_DEFAULT,
      opencv_imgcodecs.IMWRITE_PNG_FILTER, filter
    };
  }

  /**
   * Decodes a picture of 8 or 16 bits as it is stored: not turned, alpha kept.
   *
   * @throws InvalidInputException if it cannot be decoded
   */
  public static Decoded decode(byte[] file) {
    OpenCv.load();
    if (file.length == 0) {
      throw new InvalidInputException("a picture must have bytes, got none");
    }
    try (PointerScope _ = new PointerScope()) {
      Mat encoded = new Mat(1, file.length, opencv_core.CV_8UC1, new BytePointer(file));
      Mat stored = read(encoded);
      if (stored == null || stored.empty()) {
        throw new InvalidInputException("must be a whole picture, got damaged data");
      }
      Mat colours = toRgb(stored);
      int depth = colours.depth();
      int count = Math.multiplyExact(colours.rows() * colours.cols(), colours.channels());
      byte @Nullable [] bytes = null;
      short @Nullable [] shorts = null;
      if (depth == opencv_core.CV_8U) {
        bytes = new byte[count];
        new BytePointer(colours.data()).get(bytes);
      } else if (depth == opencv_core.CV_16U) {
        shorts = new short[count];
        new ShortPointer(colours.data()).get(shorts);
      } else {
        throw new InvalidInputException(
            "a picture must be of 8 or 16 bits, got OpenCV's depth " + depth);
      }
      return new Decoded(colours.cols(), colours.rows(), colours.channels(), bytes, shorts);
    }
  }

  private static @Nullable Mat read(Mat encoded) {
    try {
      return opencv_imgcodecs.imdecode(encoded, opencv_imgcodecs.IMREAD_UNCHANGED);
    } catch (RuntimeException e) {
      throw new InvalidInputException("must be a whole picture, got damaged data", e);
    }
  }

  private static Mat toRgb(Mat stored) {
    if (stored.channels() != 3 && stored.channels() != 4) {
      return stored;
    }
    Mat colours = new Mat();
    int code =
        stored.channels() == 3 ? opencv_imgproc.COLOR_BGR2RGB : opencv_imgproc.COLOR_BGRA2RGBA;
    opencv_imgproc.cvtColor(stored, colours, code);
    return colours;
  }

  /** A PNG of 8 bits from one channel, or from three in RGB. */
  public static byte[] encodePng(byte[] pixels, int width, int height, int channels) {
    return encodePng(pixels, width, height, channels, PNG_PARAMETERS);
  }

  /**
   * The same with every row by one filter, which is a fraction of the work.
   *
   * @param level of zlib, 1 to 9
   */
  public static byte[] encodePng(byte[] pixels, int width, int height, int channels, int level) {
    int[] parameters = parameters(level, opencv_imgcodecs.IMWRITE_PNG_FILTER_PAETH);
    return encodePng(pixels, width, height, channels, parameters);
  }

  private static byte[] encodePng(
      byte[] pixels, int width, int height, int channels, int[] parameters) {
    OpenCv.checkPixels(width, height, channels, pixels.length);
    if (channels != 1 && channels != 3) {
      throw new InvalidInputException("a PNG must have 1 or 3 channels, got " + channels);
    }
    try (PointerScope _ = new PointerScope()) {
      Mat image = new Mat(height, width, OpenCv.bytesType(channels), new BytePointer(pixels));
      if (channels == 3) {
        Mat swapped = new Mat();
        opencv_imgproc.cvtColor(image, swapped, opencv_imgproc.COLOR_RGB2BGR);
        image = swapped;
      }
      BytePointer png = new BytePointer();
      if (!opencv_imgcodecs.imencode(".png", image, png, new IntPointer(parameters))) {
        throw new QuicklimeException("OpenCV could not encode a PNG of " + width + "×" + height);
      }
      byte[] out = new byte[Math.toIntExact(png.limit())];
      png.get(out);
      return out;
    }
  }
}
