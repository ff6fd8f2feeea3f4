package dev.quicklime.cli.video;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.StillFrame;
import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** Copies a frame's samples out of FFmpeg's memory, in whatever order they lie there. */
final class FrameSamples {
  private static final int MOST_BITS = 16;
  private static final long UNREADABLE =
      avutil.AV_PIX_FMT_FLAG_HWACCEL
          | avutil.AV_PIX_FMT_FLAG_BITSTREAM
          | avutil.AV_PIX_FMT_FLAG_FLOAT
          | avutil.AV_PIX_FMT_FLAG_BAYER
          | avutil.AV_PIX_FMT_FLAG_XYZ
          | avutil.AV_PIX_FMT_FLAG_BE;

  private FrameSamples() {}

  /**
   * The frame with chroma repeated for each of its pixels.
   *
   * @param rawBits bits of a sample as coded, where the decoder has moved them up; 0 where not
   */
  static StillFrame of(AVFrame frame, int rawBits) {
    AVPixFmtDescriptor format = avutil.av_pix_fmt_desc_get(frame.format());
    if (format == null || (format.flags() & UNREADABLE) != 0) {
      throw unknown(format);
    }
    int width = frame.width();
    int height = frame.height();
    if ((format.flags() & avutil.AV_PIX_FMT_FLAG_PAL) != 0) {
      return palette(frame, width, height);
    }
    int channels = format.nb_components();
    int depth = format.comp(0).depth();
    if (depth > MOST_BITS || depth < 8) {
      throw unknown(format);
    }
    int bits = rawBits > 0 && rawBits < depth ? rawBits : depth;
    short[] samples = new short[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
    for (int c = 0; c < channels; c++) {
      boolean chroma = c == 1 || c == 2;
      int across = chroma ? format.log2_chroma_w() : 0;
      int down = chroma ? format.log2_chroma_h() : 0;
      copy(frame, format.comp(c), across, down, depth - bits, samples, c, channels);
    }
    boolean alpha = (format.flags() & avutil.AV_PIX_FMT_FLAG_ALPHA) != 0;
    StillFrame.Kind kind =
        channels - (alpha ? 1 : 0) == 1
            ? StillFrame.Kind.GRAY
            : (format.flags() & avutil.AV_PIX_FMT_FLAG_RGB) != 0
                ? StillFrame.Kind.RGB
                : StillFrame.Kind.YCBCR;
    boolean full = kind == StillFrame.Kind.RGB || frame.color_range() != avutil.AVCOL_RANGE_MPEG;
    return StillFrame.of(width, height, kind, alpha, bits, frame.colorspace(), full, samples);
  }

  private static void copy(
      AVFrame frame,
      AVComponentDescriptor component,
      int across,
      int down,
      int unused,
      short[] samples,
      int channel,
      int channels) {
    int width = frame.width();
    int stride = frame.linesize(component.plane());
    int bytes = component.depth() + component.shift() > 8 ? 2 : 1;
    BytePointer plane = frame.data(component.plane());
    int columns = ((width - 1) >> across) + 1;
    byte[] row = new byte[component.offset() + (columns - 1) * component.step() + bytes];
    for (int y = 0; y < frame.height(); y++) {
      plane.position((long) (y >> down) * stride).get(row, 0, row.length);
      for (int x = 0; x < width; x++) {
        int at = component.offset() + (x >> across) * component.step();
        int value = row[at] & 0xff;
        if (bytes == 2) {
          value |= (row[at + 1] & 0xff) << 8;
        }
        value = value >> component.shift() & ((1 << component.depth()) - 1);
        samples[(y * width + x) * channels + channel] = (short) (value >> unused);
      }
    }
    plane.position(0);
  }

  /** Places in a palette of 256 colours, each of blue, green, red and alpha. */
  private static StillFrame palette(AVFrame frame, int width, int height) {
    byte[] colours = new byte[4 * 256];
    frame.data(1).get(colours, 0, colours.length);
    byte[] row = new byte[width];
    short[] samples = new short[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
    BytePointer places = frame.data(0);
    for (int y = 0; y < height; y++) {
      places.position((long) y * frame.linesize(0)).get(row, 0, width);
      for (int i = 0; i < 3 * width; i++) {
        samples[3 * y * width + i] = (short) (colours[4 * (row[i / 3] & 0xff) + 2 - i % 3] & 0xff);
      }
    }
    places.position(0);
    return StillFrame.of(width, height, StillFrame.Kind.RGB, false, 8, 0, true, samples);
  }

  private static InvalidInputException unknown(@Nullable AVPixFmtDescriptor format) {
    return new InvalidInputException(
        "must be gray, RGB or YCbCr of 8 to 16 bits, got FFmpeg's format "
            + (format == null ? "none" : format.name().getString()));
  }
}
