package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The boxes that ISO base media files and JPEG 2000 files are made of. */
final class IsoBoxes {
  /** More boxes side by side no picture has. */
  private static final int MOST = 1 << 16;

  private IsoBoxes() {}

  /**
   * One box.
   *
   * @param type four letters
   * @param from where its contents begin
   * @param to where they end
   */
  record Box(String type, long from, long to) {
    /** Where the contents begin behind version and flags. */
    long behindVersion() {
      return from + 4;
    }
  }

  /**
   * The boxes between two places, in their order.
   *
   * @throws InvalidInputException if one reaches beyond the end
   */
  static List<Box> in(Bytes file, long from, long to) {
    List<Box> boxes = new ArrayList<>();
    for (long at = from; at + 8 <= to; ) {
      long size = file.u32be(at);
      long contents = at + 8;
      if (size == 1) {
        size = file.u32be(at + 8) << 32 | file.u32be(at + 12);
        contents = at + 16;
      } else if (size == 0) {
        size = to - at;
      }
      if (size < contents - at || size > to - at || boxes.size() == MOST) {
        throw new InvalidInputException(
            "must be made of whole boxes, got box %s of %d bytes at %d with %d bytes left"
                .formatted(file.name(at + 4).replaceAll("\\P{Print}", "?"), size, at, to - at));
      }
      boxes.add(new Box(file.name(at + 4), contents, at + size));
      at += size;
    }
    return boxes;
  }

  /** The first box of a type, or null. */
  static @Nullable Box first(List<Box> boxes, String type) {
    return boxes.stream().filter(box -> box.type().equals(type)).findFirst().orElse(null);
  }
}
