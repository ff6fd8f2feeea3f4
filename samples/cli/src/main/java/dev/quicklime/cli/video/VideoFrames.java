package dev.quicklime.cli.video;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.jspecify.annotations.Nullable;

/** The frames of a video file, turned as the file says they are to be shown. */
final class VideoFrames implements Frames {

  private static final int CHANNELS = 3;
  private static final int QUARTER = 90;

  private final Path file;
  private final FFmpegFrameGrabber grabber;
  private final FrameClock clock;
  private final @Nullable GifBlocks gif;
  private final Announced announced;
  private final int quarters;
  private final List<String> notices = new ArrayList<>();
  private int width;
  private int height;
  private long read;

  private VideoFrames(Path file, FFmpegFrameGrabber grabber, @Nullable GifBlocks gif) {
    this.file = file;
    this.grabber = grabber;
    this.gif = gif;
    announced = Announced.of(grabber, gif);
    clock = FrameClock.of(grabber);
    double turn = grabber.getDisplayRotation();
    quarters = Double.isFinite(turn) ? Math.floorMod(-Math.round(turn / QUARTER), 4) : 0;
    if (quarters != 0) {
      notices.add("turned upright as its file says");
    }
    // FFmpeg takes every GIF for one with alpha, as its frames may leave holes for those before.
    if (gif == null && announced.alpha()) {
      notices.add("alpha channel dropped");
    }
  }

  @SuppressWarnings("resource") // The grabber belongs to what is returned.
  static VideoFrames open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(file + ": must be a video file, got none of this name");
    }
    // Every failure is thrown; FFmpeg's own lines would stand beside it.
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    GifBlocks gif;
    byte[] controlled;
    try {
      gif = GifBlocks.of(file);
      controlled = gif == null ? null : gif.controlled(file);
    } catch (IOException e) {
      throw new InvalidInputException(file + ": must be readable, got " + e, e);
    }
    FFmpegFrameGrabber grabber =
        controlled == null
            ? new FFmpegFrameGrabber(file.toFile())
            : new FFmpegFrameGrabber(new ByteArrayInputStream(controlled));
    grabber.setPixelFormat(avutil.AV_PIX_FMT_RGB24);
    try {
      grabber.start();
      check(file, grabber);
      return new VideoFrames(file, grabber, gif);
    } catch (FrameGrabber.Exception e) {
      release(grabber);
      throw new InvalidInputException(
          file + ": must be a video that FFmpeg can read, got something else", e);
    } catch (RuntimeException e) {
      release(grabber);
      throw e;
    }
  }

  private static void check(Path file, FFmpegFrameGrabber grabber) {
    long pixels = (long) grabber.getImageWidth() * grabber.getImageHeight();
    if (!grabber.hasVideo() || pixels == 0) {
      throw new InvalidInputException(file + ": must have a video stream, got none");
    }
    if (pixels > MAX_PIXELS) {
      throw new InvalidInputException(
          "%s: frames must have at most %s pixels, got %s×%s"
              .formatted(file, MAX_PIXELS, grabber.getImageWidth(), grabber.getImageHeight()));
    }
  }

  @Override
  public @Nullable Image next() {
    Frame frame;
    try {
      frame = grabber.grabImage();
    } catch (FrameGrabber.Exception e) {
      throw new InvalidInputException(file + ": frame " + (read + 1) + " could not be decoded", e);
    }
    if (frame == null || frame.image == null) {
      if (read == 0) {
        throw new InvalidInputException(file + ": must have at least one frame, got none");
      }
      return null;
    }
    clock.shown(frame.timestamp);
    if (read++ == 0) {
      width = frame.imageWidth;
      height = frame.imageHeight;
    }
    if (frame.imageWidth != width || frame.imageHeight != height) {
      throw new InvalidInputException(
          "%s: all frames must be %s×%s like the first, got %s×%s"
              .formatted(file, width, height, frame.imageWidth, frame.imageHeight));
    }
    Image image = turned(width, height, bytes(frame), quarters);
    for (String notice : notices) {
      image = image.withNotice(notice);
    }
    return image;
  }

  private byte[] bytes(Frame frame) {
    byte[] rgb = new byte[width * height * CHANNELS];
    ByteBuffer rows = (ByteBuffer) frame.image[0];
    for (int y = 0; y < height; y++) {
      rows.get(y * frame.imageStride, rgb, y * width * CHANNELS, width * CHANNELS);
    }
    return rgb;
  }

  /** The picture turned clockwise by quarters. */
  static Image turned(int width, int height, byte[] rgb, int quarters) {
    if (quarters == 0) {
      return Image.of8(width, height, CHANNELS, rgb);
    }
    boolean lying = quarters % 2 == 1;
    int across = lying ? height : width;
    byte[] turned = new byte[rgb.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int to =
            switch (quarters) {
              case 1 -> x * across + (height - 1 - y);
              case 2 -> (height - 1 - y) * across + (width - 1 - x);
              default -> (width - 1 - x) * across + y;
            };
        System.arraycopy(rgb, (y * width + x) * CHANNELS, turned, to * CHANNELS, CHANNELS);
      }
    }
    return Image.of8(across, lying ? width : height, CHANNELS, turned);
  }

  @Override
  public double time() {
    return clock.time();
  }

  @Override
  public String shortfall() throws IOException {
    return announced.shortfall(read, clock, announced.end(file, grabber, gif, read));
  }

  @Override
  public double rate() {
    return clock.rate();
  }

  @Override
  public long about() {
    return Math.max(0, grabber.getLengthInVideoFrames());
  }

  @Override
  public void close() {
    release(grabber);
  }

  private static void release(FFmpegFrameGrabber grabber) {
    try {
      grabber.release();
    } catch (FrameGrabber.Exception e) {
      throw new IllegalStateException("FFmpeg could not close a video", e);
    }
  }
}
