package dev.quicklime.cli.video;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The frames of a video, in their order, all of one size. For one thread. */
public sealed interface Frames extends AutoCloseable permits VideoFrames, FolderFrames {

  /** Largest number of pixels of a frame; it is larger than 8K. */
  long MAX_PIXELS = 64L << 20;

  /** What containers of video are called; only what opens one decides. */
  Set<String> EXTENSIONS =
      Set.of("mp4", "m4v", "mov", "mkv", "webm", "avi", "mpg", "mpeg", "ogv", "wmv", "ts", "gif");

  /**
   * Opens a video file, or a folder whose pictures are its frames, by name.
   *
   * @throws InvalidInputException if there is no frame in it
   */
  static Frames open(Path video) throws IOException {
    return Files.isDirectory(video) ? new FolderFrames(video) : VideoFrames.open(video);
  }

  /** Whether a file is a video by its contents, or is called like one and is no picture. */
  static boolean looksLikeVideo(Path file) {
    if (VideoContent.isVideo(file)) {
      return true;
    }
    if (ImageFiles.isPicture(file)) {
      return false;
    }
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot >= 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /**
   * The next frame, three channels of 8 bits; or null at the end.
   *
   * @throws InvalidInputException if it cannot be read, or is not of the size of the first
   */
  @Nullable Image next();

  /** What of a folder was left out, in words; empty where nothing was. */
  default String skipped() {
    return "";
  }

  /**
   * When the frame that was read last is shown, in seconds from the beginning, as the file has it;
   * or NaN if there is nothing that says. Frames may be shown for different times.
   */
  double time();

  /** Frames per second, above 0, on average; or 0 if there is nothing that says. */
  double rate();

  /** How many frames there are, about; or 0 if there is nothing that says. */
  long about();

  /**
   * After the last frame: how far it got of what the file announces, where that is not to its end;
   * or an empty text.
   *
   * @throws IOException if the file can no longer be read
   */
  String shortfall() throws IOException;

  @Override
  void close();
}
