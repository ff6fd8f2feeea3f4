package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import java.util.List;

/**
 * A JPEG's markers. The native decoder fills with gray what a file lacks and takes that for a
 * picture, so that the walk here must reach the marker that ends it.
 */
public final class JpegFile {
  private static final int START_OF_SCAN = 0xda;
  private static final int END = 0xd9;
  private static final int APP1 = 0xe1;
  private static final int JPEG_LS = 0xf7;
  private static final int INKS = 4;
  private static final String CONVERT = "; \"magick IN.jpg OUT.png\" makes a picture that is read";

  /** The last of the frames whose numbers are coded after Huffman. */
  private static final int LAST_HUFFMAN = 0xc7;

  /**
   * Most pixels that a byte holds: of 8 bits each is at least a block of 8×8, where components are
   * spread the most of 16 times as many.
   */
  private static final long MOST_PIXELS = 8L * 64 * 16;

  private final Bytes file;

  public JpegFile(Bytes file) {
    this.file = file;
  }

  /** The header, from the first frame and the first block of EXIF. */
  public PictureHeader header() {
    int orientation = Exif.UPRIGHT;
    for (long at = 2; ; ) {
      at = marker(at);
      int marker = file.u8(at + 1);
      if (marker == APP1 && orientation == Exif.UPRIGHT) {
        byte[] block = file.copy(at + 4, file.u16be(at + 2) - 2);
        if (Exif.startsWithPrefix(block)) {
          orientation = Exif.orientation(block);
        }
      }
      if (isFrame(marker)) {
        return frame(at, orientation);
      }
      if (marker == JPEG_LS) {
        throw new InvalidInputException(
            "a JPEG must be baseline or progressive, got a JPEG-LS" + CONVERT);
      }
      if (marker == START_OF_SCAN || marker == END) {
        throw new InvalidInputException("a JPEG must tell its size before its pixels");
      }
      at = skip(at);
    }
  }

  private PictureHeader frame(long at, int orientation) {
    int bits = file.u8(at + 4);
    if (bits != 8) {
      throw new InvalidInputException("a JPEG must be of 8 bits, got " + bits + " bits" + CONVERT);
    }
    long width = file.u16be(at + 7);
    long height = file.u16be(at + 5);
    if (file.u8(at + 1) <= LAST_HUFFMAN && width * height > file.length() * MOST_PIXELS) {
      throw new InvalidInputException(
          "a JPEG of %d bytes must be of at most %d pixels, got %d×%d"
              .formatted(file.length(), file.length() * MOST_PIXELS, width, height));
    }
    int channels = file.u8(at + 9);
    return new PictureHeader(
        width,
        height,
        channels,
        orientation,
        channels == INKS ? List.of(PictureHeader.INKS_TURNED) : List.of());
  }

  /**
   * Follows the file to its end.
   *
   * @return the file up to there
   * @throws InvalidInputException if it is cut off, or damaged between the markers
   */
  public byte[] complete() {
    boolean scanned = false;
    for (long at = 2; ; ) {
      at = marker(at);
      int marker = file.u8(at + 1);
      if (marker == END) {
        if (!scanned) {
          throw new InvalidInputException("a JPEG must have pixels, got none before its end");
        }
        return file.copy(0, at + 2);
      }
      at = skip(at);
      if (marker == START_OF_SCAN) {
        scanned = true;
        at = afterScan(at);
      }
    }
  }

  /** The place of the marker that must be here; it may be preceded by fill bytes. */
  private long marker(long at) {
    if (file.u8(at) != 0xff) {
      throw new InvalidInputException(
          "a JPEG must be a sequence of markers, got damaged data at byte " + at);
    }
    long place = at;
    while (file.u8(place + 1) == 0xff) {
      place++;
    }
    return place;
  }

  private long skip(long at) {
    int marker = file.u8(at + 1);
    // Restart markers and TEM stand alone, all others tell their length.
    if (marker == 1 || (marker >= 0xd0 && marker <= 0xd7)) {
      return at + 2;
    }
    int length = file.u16be(at + 2);
    if (marker == 0 || marker == 0xd8 || length < 2) {
      throw new InvalidInputException(
          "a JPEG must be a sequence of markers, got damaged data at byte " + at);
    }
    file.require(at, 2L + length);
    return at + 2 + length;
  }

  /** The first marker after compressed data, in which 0xff is followed by 0 or a restart marker. */
  private long afterScan(long from) {
    long at = from;
    while (true) {
      while (file.u8(at) != 0xff) {
        at++;
      }
      int next = file.u8(at + 1);
      if (next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) {
        return at;
      }
      at += next == 0xff ? 1 : 2;
    }
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }
}
