package dev.quicklime.internal.format;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;

/** How a camera was held. */
public final class Exif {
  /** The picture is stored as it is to be seen. */
  public static final int UPRIGHT = 1;

  private static final byte[] PREFIX = {'E', 'x', 'i', 'f', 0, 0};

  private Exif() {}

  /** The orientation in a block of EXIF, 1..8; upright where it tells none, or cannot be read. */
  public static int orientation(byte[] block) {
    Metadata metadata = new Metadata();
    // The reader notes errors in the metadata: a broken block of EXIF is no reason to refuse a
    // picture.
    new ExifReader()
        .extract(new ByteArrayReader(block), metadata, startsWithPrefix(block) ? PREFIX.length : 0);
    ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    if (directory == null) {
      return UPRIGHT;
    }
    Integer orientation = directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
    return orientation == null ? UPRIGHT : valid(orientation);
  }

  public static int valid(int orientation) {
    return orientation >= 1 && orientation <= 8 ? orientation : UPRIGHT;
  }

  public static boolean startsWithPrefix(byte[] block) {
    if (block.length < PREFIX.length) {
      return false;
    }
    for (int i = 0; i < PREFIX.length; i++) {
      if (block[i] != PREFIX[i]) {
        return false;
      }
    }
    return true;
  }
}
