package dev.quicklime.cli.video;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;

/**
 * When frames are shown, and how many of them and how many seconds a file announces. For one
 * thread.
 */
final class FrameClock {

  private static final double MICROS = 1e6;

  /** No video is so long, about 300 years; what is not known has such a time. */
  private static final double LONGEST = 1e10;

  /** A file whose pictures end by so many frames early was cut, and not only rounded. */
  private static final double FRAMES_SHORT = 0.75;

  /** How much longer than any other frame the last one may be taken to stand. */
  private static final double FRAMES_LONG = 1.5;

  /** Sound that lasts longer than pictures is no sign of a cut until it is so much longer. */
  private static final double SOUND_ALONE = 0.1;

  private static final Pattern DURATION = Pattern.compile("(\\d+):(\\d+):(\\d+(?:\\.\\d+)?)");

  private final double start;
  private final double rate;
  private final long frames;
  private final double seconds;
  private final double tolerance;
  private double time = Double.NaN;
  private double longest;

  /**
   * A clock.
   *
   * @param start of the file, in seconds of its own time
   * @param rate frames per second on average, or 0
   * @param frames that the file announces, or 0
   * @param seconds that the file announces for its pictures, or 0
   * @param tolerance how many of these may be missing
   */
  FrameClock(double start, double rate, long frames, double seconds, double tolerance) {
    this.start = start;
    this.rate = rate;
    this.frames = frames;
    this.seconds = seconds;
    this.tolerance = tolerance;
  }

  static FrameClock of(FFmpegFrameGrabber grabber) {
    double average = grabber.getVideoFrameRate();
    double rate = average > 0 && Double.isFinite(average) ? average : 0;
    AVFormatContext file = grabber.getFormatContext();
    AVStream pictures = pictures(file);
    // Streams that are broadcast begin anywhere; sound before the first picture begins below 0.
    double start = known(file.start_time()) ? Math.max(0, file.start_time() / MICROS) : 0;
    double frame = rate > 0 ? FRAMES_SHORT / rate : 0;
    double own = own(pictures);
    if (own > 0) {
      return new FrameClock(start, rate, pictures.nb_frames(), own, frame);
    }
    boolean announced =
        known(file.duration())
            && file.duration_estimation_method() != avformat.AVFMT_DURATION_FROM_BITRATE;
    double whole = announced ? file.duration() / MICROS : 0;
    double tolerance = file.nb_streams() > 1 ? 1 + SOUND_ALONE * whole : frame;
    return new FrameClock(start, rate, pictures.nb_frames(), whole, tolerance);
  }

  private static AVStream pictures(AVFormatContext file) {
    for (int i = 0; i < file.nb_streams(); i++) {
      if (file.streams(i).codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO) {
        return file.streams(i);
      }
    }
    throw new IllegalStateException("a video that was opened must have a stream of pictures");
  }

  /** Seconds of the pictures alone, or 0 where the file does not say. */
  private static double own(AVStream pictures) {
    if (known(pictures.duration()) && pictures.time_base().den() > 0) {
      return pictures.duration() * (double) pictures.time_base().num() / pictures.time_base().den();
    }
    AVDictionaryEntry entry = avutil.av_dict_get(pictures.metadata(), "DURATION", null, 0);
    if (entry == null || entry.isNull()) {
      return 0;
    }
    Matcher said = DURATION.matcher(entry.value().getString());
    return said.lookingAt()
        ? 3600 * Double.parseDouble(said.group(1))
            + 60 * Double.parseDouble(said.group(2))
            + Double.parseDouble(said.group(3))
        : 0;
  }

  private static boolean known(long value) {
    return value != avutil.AV_NOPTS_VALUE;
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

  /**
   * How far the pictures got, where that is not to the announced end.
   *
   * @param read how many there were
   */
  String shortfall(long read) {
    if (read == 0 || seconds <= 0 || frames > 0 && read >= frames) {
      return "";
    }
    double end = time + (rate > 0 ? 1 / rate : 0);
    if (frames > 0 && end < seconds - tolerance) {
      return String.format(
          Locale.ROOT,
          "the file ends early: %d of %d frames, %.2f of %.2f seconds, could be read",
          read,
          frames,
          end,
          seconds);
    }
    // Where frames are not counted a last one may stand for long, as others do.
    if (frames == 0 && end < seconds - Math.max(tolerance, FRAMES_LONG * longest)) {
      return String.format(
          Locale.ROOT,
          "the file ends early, or its last frame stands still: %d frames, %.2f of %.2f seconds,"
              + " could be read",
          read,
          end,
          seconds);
    }
    return "";
  }
}
