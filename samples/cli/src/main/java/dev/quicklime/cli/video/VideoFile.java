package dev.quicklime.cli.video;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameRecorder;

/** Writes frames as an MP4 with H.264, which every browser plays, one at a time. For one thread. */
public final class VideoFile implements AutoCloseable {

  /** The encoder takes no smaller frames. */
  public static final int LEAST_SIDE = 16;

  private static final int CHANNELS = 3;
  private static final double BITS_FOR_EACH_PIXEL = 0.2;
  private static final int LEAST_BITS = 500_000;
  private static final int MOST_BITS = 20_000_000;

  private final Path file;
  private final FFmpegFrameRecorder recorder;
  private final int width;
  private final int height;
  private final Frame frame;
  private final double rate;
  private int step = -1;

  /**
   * Begins a file, over what is there.
   *
   * @param width of the frames, even, as H.264 keeps colours for squares of four pixels, and at
   *     least {@link #LEAST_SIDE}
   * @param height of the frames, even, and at least as much
   * @param rate frames per second, above 0
   * @throws IOException if the file cannot be written
   */
  public VideoFile(Path file, int width, int height, double rate) throws IOException {
    if (width < LEAST_SIDE || height < LEAST_SIDE || width % 2 != 0 || height % 2 != 0) {
      throw new InvalidInputException(
          "width and height must be even numbers from %s on, got %s and %s"
              .formatted(LEAST_SIDE, width, height));
    }
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException("rate must be above 0, got " + rate);
    }
    this.file = file;
    this.width = width;
    this.height = height;
    this.rate = rate;
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    recorder = new FFmpegFrameRecorder(file.toFile(), width, height, 0);
    recorder.setFormat("mp4");
    recorder.setVideoCodec(avcodec.AV_CODEC_ID_H264);
    recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
    recorder.setFrameRate(rate);
    double bits = width * (double) height * rate * BITS_FOR_EACH_PIXEL;
    recorder.setVideoBitrate((int) Math.clamp(bits, LEAST_BITS, MOST_BITS));
    // The index comes first, so that a browser plays while it loads.
    recorder.setOption("movflags", "faststart");
    try {
      recorder.start();
    } catch (FrameRecorder.Exception e) {
      release();
      throw new IOException(file + " could not be written as a video", e);
    }
    frame = new Frame(width, height, Frame.DEPTH_UBYTE, CHANNELS);
  }

  /**
   * Adds a frame.
   *
   * @param rgb width · height colours row by row, each 0xRRGGBB
   */
  public void add(int[] rgb) throws IOException {
    add(rgb, (step + 1) / rate);
  }

  /**
   * Adds a frame that is shown from a time on.
   *
   * @param rgb width · height colours row by row, each 0xRRGGBB
   * @param time in seconds, rounded to a whole number of 1 / rate, at least one later than the
   *     frame before it
   */
  public void add(int[] rgb, double time) throws IOException {
    if (rgb.length != width * height) {
      throw new InvalidInputException(
          "a frame must have %s pixels, got %s".formatted(width * height, rgb.length));
    }
    ByteBuffer rows = (ByteBuffer) frame.image[0];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int colour = rgb[y * width + x];
        int at = y * frame.imageStride + x * CHANNELS;
        rows.put(at, (byte) (colour >> 16));
        rows.put(at + 1, (byte) (colour >> 8));
        rows.put(at + 2, (byte) colour);
      }
    }
    step = Math.max(step + 1, Math.toIntExact(Math.round(time * rate)));
    recorder.setFrameNumber(step);
    try {
      recorder.record(frame, avutil.AV_PIX_FMT_RGB24);
    } catch (FrameRecorder.Exception e) {
      throw new IOException(file + " could not be written to its end", e);
    }
  }

  /**
   * Adds a frame.
   *
   * @param frame of the video's size, three channels
   */
  public void add(Image frame) throws IOException {
    add(frame, (step + 1) / rate);
  }

  /** The same for a frame that is shown from a time on. */
  public void add(Image frame, double time) throws IOException {
    byte[] bytes = frame.toBytes();
    int[] rgb = new int[width * height];
    if (bytes.length != CHANNELS * rgb.length) {
      throw new InvalidInputException(
          "a frame must be %s×%s with 3 channels, got %s".formatted(width, height, frame));
    }
    for (int i = 0; i < rgb.length; i++) {
      int at = CHANNELS * i;
      rgb[i] = (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
    }
    add(rgb, time);
  }

  /**
   * Finishes the file.
   *
   * @throws IOException if its end cannot be written
   */
  @Override
  public void close() throws IOException {
    try {
      recorder.stop();
    } catch (FrameRecorder.Exception e) {
      throw new IOException(file + " could not be written to its end", e);
    } finally {
      frame.close();
      release();
    }
  }

  private void release() throws IOException {
    try {
      recorder.release();
    } catch (FrameRecorder.Exception e) {
      throw new IOException(file + " could not be closed", e);
    }
  }
}
