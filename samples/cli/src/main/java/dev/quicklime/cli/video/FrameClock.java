package dev.quicklime.cli.video;

import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.javacv.FFmpegFrameGrabber;

/** When frames are shown. For one thread. */
final class FrameClock {

  /** Ticks of FFmpeg's clock in a second. */
  static final double MICROS = 1e6;

  /** No video is so long, about 300 years; what is not known has such a time. */
  private static final double LONGEST = 1e10;

  private final double start;
  private final double rate;
  private double time = Double.NaN;
  private double longest;

  /**
   * A clock.
   *
   * @param start of the file, in seconds of its own time
   * @param rate frames per second on average, or 0
   */
  FrameClock(double start, double rate) {
    this.start = start;
    this.rate = rate;
  }

  static FrameClock of(FFmpegFrameGrabber grabber) {
    double average = grabber.getVideoFrameRate();
    double rate = average > 0 && Double.isFinite(average) ? average : 0;
    AVFormatContext file = grabber.getFormatContext();
    // Streams that are broadcast begin anywhere; sound before the first picture begins below 0.
    double start = Announced.known(file.start_time()) ? Math.max(0, file.start_time() / MICROS) : 0;
    return new FrameClock(start, rate);
  }

  /**
   * Hears of the next frame.
   *
   * @param micros when it is shown, as the file has it
   */
  void shown(long micros) {
    double said = micros / MICROS - start;
    boolean first = Double.isNaN(time);
    boolean sensible = Math.abs(said) < LONGEST && (first || said > time);
    if (sensible) {
      longest = first ? 0 : Math.max(longest, said - time);
      time = said;
    } else {
      // Such a file does not say; frames come at their average pace then.
      time = first ? 0 : time + (rate > 0 ? 1 / rate : 0);
    }
  }

  /** When the last frame is shown, in seconds from the beginning of the file; NaN before it. */
  double time() {
    return time;
  }

  double rate() {
    return rate;
  }

  /** The longest time between two frames so far, in seconds. */
  double longest() {
    return longest;
  }
}
