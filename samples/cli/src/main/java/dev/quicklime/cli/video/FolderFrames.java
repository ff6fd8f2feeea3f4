package dev.quicklime.cli.video;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.run.PictureFolder;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pictures of a folder as frames: by name, numbers in it by their value. */
final class FolderFrames implements Frames {

  private final List<Path> files;
  private final String skipped;
  private int next;
  private int width;
  private int height;

  FolderFrames(Path folder) throws IOException {
    PictureFolder pictures = PictureFolder.of(folder);
    skipped = pictures.skipped();
    if (pictures.pictures().isEmpty()) {
      throw new InvalidInputException(
          folder
              + " must hold the frames of a video as pictures, got a folder without any"
              + (skipped.isEmpty() ? "" : "; " + skipped));
    }
    List<Path> found = new ArrayList<>(pictures.pictures());
    found.sort(Comparator.comparing((Path file) -> numbered(file)).thenComparing(Path::toString));
    files = List.copyOf(found);
  }

  /** A name in which numbers sort by their value: "frame-9" before "frame-10". */
  static String numbered(Path file) {
    StringBuilder key = new StringBuilder();
    String name = String.valueOf(file.getFileName());
    int at = 0;
    while (at < name.length()) {
      int end = at;
      while (end < name.length() && isDigit(name.charAt(end))) {
        end++;
      }
      if (end == at) {
        key.append(name.charAt(at++));
        continue;
      }
      String digits = name.substring(at, end).replaceFirst("^0+(?=.)", "");
      // Longer numbers are larger; a character for the length puts them behind.
      key.append((char) ('0' + Math.min(digits.length(), 0x7000))).append(digits);
      at = end;
    }
    return key.toString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  @Override
  public @Nullable Image next() {
    if (next == files.size()) {
      return null;
    }
    Path file = files.get(next++);
    Image frame = ImageFiles.read(file);
    if (width == 0) {
      width = frame.width();
      height = frame.height();
    }
    if (frame.width() != width || frame.height() != height) {
      throw new InvalidInputException(
          "%s must be %d×%d like the frame before it, got %d×%d"
              .formatted(file, width, height, frame.width(), frame.height()));
    }
    return frame;
  }

  @Override
  public String skipped() {
    return skipped;
  }

  @Override
  public double time() {
    return Double.NaN;
  }

  @Override
  public String shortfall() {
    return "";
  }

  @Override
  public double rate() {
    return 0;
  }

  @Override
  public long about() {
    return files.size();
  }

  @Override
  public void close() {
    next = files.size();
  }
}
