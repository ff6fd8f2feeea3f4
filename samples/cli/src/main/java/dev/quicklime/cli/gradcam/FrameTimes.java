package dev.quicklime.cli.gradcam;

import dev.quicklime.report.text.Numbers;
import java.util.List;
import java.util.stream.IntStream;

/**
 * When the frames of a video are shown.
 *
 * @param seconds of each frame, from the beginning
 * @param rate frames per second, on average: the number of steps from one frame to the next by the
 *     time from the first frame to the last; where there is no such time, what the video says
 * @param varies whether frames are shown for different times
 */
record FrameTimes(List<Double> seconds, double rate, boolean varies) {

  /** A frame that is off by more of its length than this is so on purpose; less is rounding. */
  private static final double UNEVEN = 0.25;

  /** Seconds by which times from a file may be off. */
  private static final double ROUNDING = 2e-6;

  /** Steps per second in which frames of different lengths are written. */
  private static final double FINE = 1000;

  /**
   * The times of a video.
   *
   * @param rate frames per second where the video does not say when each is shown
   */
  static FrameTimes of(VideoMaps maps, double rate) {
    List<Double> own = maps.times();
    if (own.isEmpty()) {
      return even(maps.frames(), rate);
    }
    int last = own.size() - 1;
    double length = last > 0 ? (own.get(last) - own.getFirst()) / last : 0;
    boolean varies =
        IntStream.rangeClosed(1, last)
            .anyMatch(i -> Math.abs(own.get(i) - own.getFirst() - i * length) > UNEVEN * length);
    double said = maps.rate() > 0 ? maps.rate() : rate;
    // Times are rounded, and the same rate without that is better.
    boolean rounded = Math.abs(last * length - last / said) <= ROUNDING;
    return new FrameTimes(own, length > 0 && !rounded ? 1 / length : said, varies);
  }

  /** Frames at an even pace. */
  static FrameTimes even(int frames, double rate) {
    return new FrameTimes(
        IntStream.range(0, frames).mapToObj(frame -> frame / rate).toList(), rate, false);
  }

  /** Steps per second on which all of these times lie, about. */
  double grid() {
    return varies ? FINE : rate;
  }

  /** Frames per second in words. */
  String pace() {
    return Numbers.significant(rate, 4) + (varies ? " on average; it varies" : "");
  }
}
