package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The numbers in the first directory of a TIFF. */
final class TiffDirectory {
  static final int SUBFILE_TYPE = 254;
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS_PER_SAMPLE = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int ORIENTATION = 274;
  static final int SAMPLES_PER_PIXEL = 277;
  static final int STRIP_BYTES = 279;
  static final int PLANES = 284;
  static final int PREDICTOR = 317;
  static final int COLOUR_MAP = 320;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int TILE_BYTES = 325;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;
  static final int DEPTH = 32997;
  static final int DNG_VERSION = 50706;

  private static final int FILL_ORDER = 266;

  private static final List<Integer> SHORTS =
      List.of(
          BITS_PER_SAMPLE,
          COMPRESSION,
          PHOTOMETRIC,
          FILL_ORDER,
          ORIENTATION,
          SAMPLES_PER_PIXEL,
          PLANES,
          PREDICTOR,
          COLOUR_MAP,
          EXTRA_SAMPLES,
          SAMPLE_FORMAT);

  private static final int ENTRY = 12;
  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  /** More numbers no field that is asked for has: three for each place of a palette of 16 bits. */
  private static final long MOST = 3L << 16;

  private final Bytes file;
  private final boolean bigEndian;
  private final Map<Integer, Long> entries = new HashMap<>();
  private final long next;

  private TiffDirectory(Bytes file) {
    this.file = file;
    bigEndian = file.u8(0) == 'M';
    long at = u32(4);
    int count = u16(at);
    for (int i = 0; i < count; i++) {
      long entry = at + 2 + (long) ENTRY * i;
      file.require(entry, ENTRY);
      entries.putIfAbsent(u16(entry), entry);
    }
    next = u32(at + 2 + (long) ENTRY * count);
  }

  /**
   * Reads where the fields are.
   *
   * @throws InvalidInputException if the file ends before
   */
  static TiffDirectory first(Bytes file) {
    return new TiffDirectory(file);
  }

  /** Where the next directory is, or 0. */
  long next() {
    return next;
  }

  boolean has(int tag) {
    return entries.containsKey(tag);
  }

  /**
   * Refuses fields whose numbers are of another type than the format has for them, which decoders
   * leave out in silence.
   */
  void checkTypes() {
    for (int tag : SHORTS) {
      Long entry = entries.get(tag);
      if (entry != null && u16(entry + 2) != SHORT) {
        throw new InvalidInputException(
            "a TIFF's field %s must be of 16-bit numbers, got type %s"
                .formatted(tag, u16(entry + 2)));
      }
    }
  }

  /** The first number of a field, or another where there is none. */
  long number(int tag, long otherwise) {
    long[] all = numbers(tag);
    return all.length == 0 ? otherwise : all[0];
  }

  /** The numbers of a field; none where it is missing, or of a type that holds other things. */
  long[] numbers(int tag) {
    Long entry = entries.get(tag);
    if (entry == null || size(entry) == 0) {
      return new long[0];
    }
    int size = size(entry);
    long[] numbers = new long[count(entry)];
    long at = place(entry);
    for (int i = 0; i < numbers.length; i++) {
      long where = at + (long) size * i;
      numbers[i] = size == 1 ? file.u8(where) : size == 2 ? u16(where) : u32(where);
    }
    return numbers;
  }

  /** The largest number of a field, of which there may be any number; 0 where it is missing. */
  long largest(int tag) {
    Long entry = entries.get(tag);
    if (entry == null || size(entry) == 0) {
      return 0;
    }
    int size = size(entry);
    long count = u32(entry + 4);
    long at = count * size <= Integer.BYTES ? entry + 8 : u32(entry + 8);
    file.require(at, count * size);
    long largest = 0;
    for (long i = 0; i < count; i++) {
      long where = at + size * i;
      largest = Math.max(largest, size == 1 ? file.u8(where) : size == 2 ? u16(where) : u32(where));
    }
    return largest;
  }

  /** Puts a number in place of all of a field's, in a copy of the file. */
  void replace(byte[] copy, int tag, int number) {
    Long entry = entries.get(tag);
    if (entry == null) {
      return;
    }
    int size = size(entry);
    long at = place(entry);
    for (int i = 0; i < count(entry) * size; i++) {
      int digit = bigEndian ? size - 1 - i % size : i % size;
      copy[(int) at + i] = digit < Integer.BYTES ? (byte) (number >> (8 * digit)) : 0;
    }
  }

  private int count(long entry) {
    long count = u32(entry + 4);
    if (count > MOST) {
      throw new InvalidInputException(
          "a TIFF's field %s must hold at most %s numbers, got %s"
              .formatted(u16(entry), MOST, count));
    }
    return (int) count;
  }

  private long place(long entry) {
    long bytes = (long) count(entry) * size(entry);
    long at = bytes <= Integer.BYTES ? entry + 8 : u32(entry + 8);
    file.require(at, bytes);
    return at;
  }

  /** Bytes of one number; 0 of what is no number without sign. */
  private int size(long entry) {
    return switch (u16(entry + 2)) {
      case BYTE -> 1;
      case SHORT -> 2;
      case LONG -> 4;
      default -> 0;
    };
  }

  private int u16(long at) {
    return bigEndian ? file.u16be(at) : file.u16le(at);
  }

  private long u32(long at) {
    return bigEndian ? file.u32be(at) : file.u32le(at);
  }
}
