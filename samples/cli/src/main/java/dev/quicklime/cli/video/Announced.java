package dev.quicklime.cli.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.jspecify.annotations.Nullable;

/**
 * What a file announces of its pictures, to tell how far they got.
 *
 * @param frames how many, or 0
 * @param seconds how long they last, or 0
 * @param tolerance how many seconds may be missing
 * @param alpha whether its frames have a channel of alpha
 */
record Announced(long frames, double seconds, double tolerance, boolean alpha) {

  /** A file whose pictures end by so many frames early was cut, and not only rounded. */
  private static final double FRAMES_SHORT = 0.75;

  /** How much longer than any other frame the last one may be taken to stand. */
  private static final double FRAMES_LONG = 1.5;

  /** Sound that lasts longer than pictures is no sign of a cut until it is so much longer. */
  private static final double SOUND_ALONE = 0.1;

  private static final Pattern DURATION = Pattern.compile("(\\d+):(\\d+):(\\d+(?:\\.\\d+)?)");

  /**
   * What is known of a file's end.
   *
   * @param cut whether something of its pictures is missing
   * @param frames how many its index or its blocks have, or 0
   * @param all whether these are all there were
   * @param inPart whether the last that was read may be shown in part
   */
  record End(boolean cut, long frames, boolean all, boolean inPart) {

    /** Of a file that does not say. */
    static final End UNKNOWN = new End(false, 0, false, false);
  }

  /** What a file says that FFmpeg has opened; the blocks of a GIF say more than FFmpeg does. */
  static Announced of(FFmpegFrameGrabber grabber, @Nullable GifBlocks gif) {
    if (gif != null) {
      return new Announced(0, 0, 0, false);
    }
    double average = grabber.getVideoFrameRate();
    double frame = average > 0 && Double.isFinite(average) ? FRAMES_SHORT / average : 0;
    AVFormatContext file = grabber.getFormatContext();
    AVStream pictures = pictures(file);
    boolean alpha = alpha(pictures.codecpar().format());
    double own = own(pictures);
    if (own > 0) {
      return new Announced(pictures.nb_frames(), own, frame, alpha);
    }
    boolean announced =
        known(file.duration())
            && file.duration_estimation_method() != avformat.AVFMT_DURATION_FROM_BITRATE;
    double whole = announced ? file.duration() / FrameClock.MICROS : 0;
    double tolerance = file.nb_streams() > 1 ? 1 + SOUND_ALONE * whole : frame;
    return new Announced(pictures.nb_frames(), whole, tolerance, alpha);
  }

  private static boolean alpha(int format) {
    AVPixFmtDescriptor known = avutil.av_pix_fmt_desc_get(format);
    return known != null
        && (known.flags() & avutil.AV_PIX_FMT_FLAG_ALPHA) != 0
        && (known.flags() & avutil.AV_PIX_FMT_FLAG_PAL) == 0;
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

  /** Whether FFmpeg knows a time. */
  static boolean known(long value) {
    return value != avutil.AV_NOPTS_VALUE;
  }

  /**
   * Whether a file was cut. To be asked after its last frame: an index that stands piece by piece
   * in the file is known then.
   *
   * @param gif what its blocks say where it is a GIF, or null
   * @param read how many frames there were
   */
  End end(Path file, FFmpegFrameGrabber grabber, @Nullable GifBlocks gif, long read)
      throws IOException {
    if (gif != null) {
      boolean fewer = read < gif.frames();
      return new End(!gif.whole(), fewer ? gif.frames() : 0, gif.whole(), gif.inPart() && !fewer);
    }
    if (!isFilm(grabber.getFormatContext())) {
      return FileEnd.isCut(file) ? new End(true, frames, true, false) : End.UNKNOWN;
    }
    // Its frames may be left out or shown again by a list of edits; the index is what remains.
    AVStream pictures = pictures(grabber.getFormatContext());
    long length = Files.size(file);
    long shown = 0;
    long missing = 0;
    int entries = avformat.avformat_index_get_entries_count(pictures);
    for (int i = 0; i < entries; i++) {
      AVIndexEntry entry = avformat.avformat_index_get_entry(pictures, i);
      if ((entry.flags() & AVIndexEntry.AVINDEX_DISCARD_FRAME) == 0) {
        shown++;
        missing += entry.pos() + entry.size() > length ? 1 : 0;
      }
    }
    boolean all = frames > 0;
    boolean cut = missing > 0 || (!all && FileEnd.isCut(file));
    return cut ? new End(true, shown, all, read > shown - missing) : End.UNKNOWN;
  }

  private static boolean isFilm(AVFormatContext file) {
    return file.iformat().name().getString().startsWith("mov,");
  }

  /**
   * How far the pictures got, where that is not to the announced end.
   *
   * @param read how many there were
   * @param clock that has heard of all of them
   */
  String shortfall(long read, FrameClock clock, End end) {
    if (read == 0) {
      return "";
    }
    if (end.cut()) {
      boolean counted = end.frames() > read || (end.inPart() && end.all());
      boolean lost = counted || end.inPart() || end.frames() == 0 || !end.all();
      String of = counted ? " of " + (end.all() ? "" : "at least ") + end.frames() : "";
      return lost ? "the file ends early: " + far(read + of, clock, end.inPart()) : "";
    }
    if (end.frames() > read) {
      return far(read + " of " + end.frames(), clock, false);
    }
    if (seconds <= 0 || (frames > 0 && read >= frames)) {
      return "";
    }
    double until = clock.time() + (clock.rate() > 0 ? 1 / clock.rate() : 0);
    if (frames > 0 && until < seconds - tolerance) {
      return "the file ends early: " + far(read + " of " + frames, clock, false);
    }
    // Where frames are not counted a last one may stand for long, as others do.
    return frames == 0 && until < seconds - Math.max(tolerance, FRAMES_LONG * clock.longest())
        ? "the file ends early, or its last frame stands still: " + far("" + read, clock, false)
        : "";
  }

  private String far(String count, FrameClock clock, boolean inPart) {
    String part = inPart ? ", the last in part" : "";
    return seconds > 0
        ? String.format(
            Locale.ROOT,
            "%s frames could be read%s, up to %.2f of %.2f seconds",
            count,
            part,
            clock.time(),
            seconds)
        : count + " frames could be read" + part;
  }
}
