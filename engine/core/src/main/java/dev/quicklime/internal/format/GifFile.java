package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/** A GIF's blocks, up to the second picture. */
public final class GifFile {
  private static final int HEADER = 13;
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xf9;
  private static final int IMAGE = 0x2c;
  private static final int END = 0x3b;

  private final Bytes file;
  private int pictures;
  private boolean transparent;
  private long first;

  /**
   * Walks the blocks.
   *
   * @throws InvalidInputException if it is cut off before the end of its first picture
   */
  public GifFile(Bytes file) {
    this.file = file;
    long at = HEADER + palette(10);
    while (pictures < 2) {
      // What follows the first picture may be missing.
      if (pictures == 1 && at >= file.length()) {
        break;
      }
      int kind = file.u8(at);
      if (kind == END) {
        break;
      }
      switch (kind) {
        case EXTENSION -> {
          if (file.u8(at + 1) == GRAPHIC_CONTROL && pictures == 0) {
            transparent = (file.u8(at + 3) & 1) != 0;
          }
          at = behindBlocks(at + 2);
        }
        case IMAGE -> {
          if (pictures++ == 0) {
            first = at;
          }
          if (pictures < 2) {
            at = behindBlocks(at + 10 + palette(at + 9) + 1);
          }
        }
        default ->
            throw new InvalidInputException(
                "a GIF must be a sequence of blocks, got damaged data at byte " + at);
      }
    }
    if (pictures == 0) {
      throw new InvalidInputException("a GIF must hold a picture, got none");
    }
  }

  private long palette(long flagsAt) {
    int flags = file.u8(flagsAt);
    return (flags & 0x80) != 0 ? 3L << (1 + (flags & 7)) : 0;
  }

  private long behindBlocks(long from) {
    long at = from;
    for (int length = file.u8(at); length > 0; length = file.u8(at)) {
      at += 1 + length;
    }
    return at + 1;
  }

  /** The header, of the whole screen. */
  public PictureHeader header() {
    List<String> notices = new ArrayList<>();
    if (hasAlpha()) {
      notices.add(PictureHeader.ALPHA_DROPPED);
    }
    if (pictures > 1) {
      notices.add(PictureHeader.FIRST_FRAME);
    }
    return new PictureHeader(width(), height(), 3, Exif.UPRIGHT, notices);
  }

  /**
   * Whether a place in the palette is transparent, or the first picture leaves some screen free.
   */
  public boolean hasAlpha() {
    return transparent
        || left() > 0
        || top() > 0
        || file.u16le(first + 5) < width()
        || file.u16le(first + 7) < height();
  }

  /** Columns of the screen, wide enough for the first picture. */
  public int width() {
    return Math.max(file.u16le(6), left() + file.u16le(first + 5));
  }

  /** Rows of the screen, high enough for the first picture. */
  public int height() {
    return Math.max(file.u16le(8), top() + file.u16le(first + 7));
  }

  /** Where the first picture begins on the screen. */
  public int left() {
    return file.u16le(first + 1);
  }

  /** Where the first picture begins on the screen. */
  public int top() {
    return file.u16le(first + 3);
  }

  /** The colour of the screen where no picture is, as 0xRRGGBB; black without a palette of it. */
  public int background() {
    long at = HEADER + 3L * file.u8(11);
    return at + 3 <= HEADER + palette(10)
        ? file.u8(at) << 16 | file.u8(at + 1) << 8 | file.u8(at + 2)
        : 0;
  }
}
