package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/** A WebP's chunks. */
public final class WebpFile {
  private static final int FIRST_CHUNK = 12;
  private static final int SIDE_BITS = 0x3fff;
  private static final int ALPHA_FLAG = 0x10;
  private static final int ANIMATION_FLAG = 0x02;

  private final Bytes file;

  public WebpFile(Bytes file) {
    this.file = file;
  }

  /**
   * The header, from all chunks.
   *
   * @throws InvalidInputException if the file is shorter than it says
   */
  public PictureHeader header() {
    long end = 8 + file.u32le(4);
    file.require(0, end);
    long width = 0;
    long height = 0;
    int orientation = Exif.UPRIGHT;
    boolean alpha = false;
    boolean animated = false;
    for (long at = FIRST_CHUNK; at + 8 <= end; ) {
      long length = file.u32le(at + 4);
      long data = at + 8;
      file.require(data, length);
      switch (file.name(at)) {
        case "VP8X" -> {
          alpha |= (file.u8(data) & ALPHA_FLAG) != 0;
          animated |= (file.u8(data) & ANIMATION_FLAG) != 0;
          width = Math.max(width, 1 + file.u24le(data + 4));
          height = Math.max(height, 1 + file.u24le(data + 7));
        }
        case "VP8 " -> {
          width = Math.max(width, file.u16le(data + 6) & SIDE_BITS);
          height = Math.max(height, file.u16le(data + 8) & SIDE_BITS);
          // The first partition must end inside the chunk, or the rest is missing.
          file.require(data, Math.max(10 + (file.u24le(data) >> 5), 10));
        }
        case "VP8L" -> {
          long bits = file.u32le(data + 1);
          width = Math.max(width, 1 + (bits & SIDE_BITS));
          height = Math.max(height, 1 + (bits >> 14 & SIDE_BITS));
          alpha |= (bits >> 28 & 1) != 0;
        }
        case "EXIF" -> orientation = Exif.orientation(file.copy(data, length));
        default -> {}
      }
      at = data + length + (length & 1);
    }
    if (width == 0) {
      throw new InvalidInputException("a WebP must hold a picture, got none of its chunks");
    }
    List<String> notices = new ArrayList<>();
    if (alpha) {
      notices.add(PictureHeader.ALPHA_DROPPED);
    }
    if (animated) {
      notices.add(PictureHeader.FIRST_FRAME);
    }
    return new PictureHeader(width, height, alpha ? 4 : 3, orientation, notices);
  }

  /** Whether its pixels were changed to be small. */
  public boolean isLossy() {
    for (long at = FIRST_CHUNK; at + 8 <= file.length(); ) {
      if (file.name(at).equals("VP8 ")) {
        return true;
      }
      long length = file.u32le(at + 4);
      at += 8 + length + (length & 1);
    }
    return false;
  }
}
