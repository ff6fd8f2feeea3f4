package dev.quicklime.files.npy;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands before the numbers of an {@code .npy} file: a magic number, a version, and a Python
 * dictionary.
 */
final class NpyHeader {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final int MAX_AXES = 32;

  /** Bytes that tell how long a header is, of any version. */
  static final int START = 12;

  /** NumPy itself reads no more than 10,000 of those that others made. */
  private static final int MOST_TEXT = 1 << 16;

  private static final Pattern TYPE =
      Pattern.compile("'descr'\\s*:\\s*'([<>=|])([a-zA-Z])(\\d{1,2})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)\\b");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]*)\\)");

  private final NpyType type;
  private final boolean bigEndian;
  private final boolean fortran;
  private final int[] shape;
  private final long elements;
  private final int end;

  private NpyHeader(
      NpyType type, boolean bigEndian, boolean fortran, int[] shape, long elements, int end) {
    this.type = type;
    this.bigEndian = bigEndian;
    this.fortran = fortran;
    this.shape = shape;
    this.elements = elements;
    this.end = end;
  }

  NpyType type() {
    return type;
  }

  boolean bigEndian() {
    return bigEndian;
  }

  boolean fortran() {
    return fortran;
  }

  int[] shape() {
    return shape.clone();
  }

  /** The product of the shape, below 2³¹. */
  long elements() {
    return elements;
  }

  /** Where the numbers begin. */
  int end() {
    return end;
  }

  /** Checks that there are as many bytes of numbers as type and shape say. */
  void checkBytes(long got) {
    long wanted = elements * type.size();
    if (wanted != got) {
      throw new InvalidInputException(
          "an array of shape %s and type %s must have %s bytes of data, got %s"
              .formatted(Arrays.toString(shape), type.dtype(), wanted, got));
    }
  }

  static NpyHeader parse(byte[] file) {
    int end = end(file, file.length);
    int start = 8 + lengthBytes(file[6]);
    return parse(new String(file, start, end - start, StandardCharsets.UTF_8), end);
  }

  /**
   * Where the numbers of a file begin.
   *
   * @param start its first bytes, {@value #START} of them if it has as many
   * @param size the file's length
   */
  static int end(byte[] start, long size) {
    if (start.length < 10) {
      throw notNpy();
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (start[i] != MAGIC[i]) {
        throw notNpy();
      }
    }
    int version = start[6];
    if (version < 1 || version > 3) {
      throw new InvalidInputException("the .npy version must be 1, 2 or 3, got " + version);
    }
    int text = 8 + lengthBytes(version);
    long length = 0;
    for (int i = Math.min(text, start.length) - 1; i >= 8; i--) {
      length = length << 8 | (start[i] & 0xff);
    }
    if (text + length > size) {
      throw new InvalidInputException(
          "the .npy header must lie within the file of %s bytes, got a length of %s"
              .formatted(size, length));
    }
    if (length > MOST_TEXT) {
      throw new InvalidInputException(
          "the .npy header must be of at most %s bytes, got %s".formatted(MOST_TEXT, length));
    }
    return (int) (text + length);
  }

  private static int lengthBytes(int version) {
    return version == 1 ? 2 : 4;
  }

  private static NpyHeader parse(String text, int end) {
    Matcher descr = find(TYPE, text, "'descr' of one plain type");
    Matcher order = find(ORDER, text, "'fortran_order'");
    Matcher sides = find(SHAPE, text, "'shape'");
    NpyType type;
    String name = descr.group(2) + descr.group(3);
    try {
      type = NpyType.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "the array must be of integers, truth values or floats, got type '" + name + "'", e);
    }
    int[] shape = shape(sides.group(1).strip());
    // Sides of zero must not hide the size of the others, so each step is checked by itself.
    long elements = 1;
    for (int side : shape) {
      elements *= side;
      if (elements * type.size() > Integer.MAX_VALUE) {
        throw new InvalidInputException(
            "the array must be under 2 GiB, got shape " + sides.group(1));
      }
    }
    return new NpyHeader(
        type, descr.group(1).equals(">"), order.group(1).equals("True"), shape, elements, end);
  }

  private static int[] shape(String text) {
    if (text.isEmpty()) {
      return new int[0];
    }
    String[] parts = text.split(",", -1);
    int count = parts[parts.length - 1].isBlank() ? parts.length - 1 : parts.length;
    if (count > MAX_AXES) {
      throw new InvalidInputException(
          "the array must have at most " + MAX_AXES + " axes, got " + count);
    }
    int[] shape = new int[count];
    for (int i = 0; i < count; i++) {
      try {
        shape[i] = Integer.parseInt(parts[i].strip());
      } catch (NumberFormatException e) {
        throw new InvalidInputException(
            "the array's sides must be below 2^31, got (" + text + ")", e);
      }
    }
    return shape;
  }

  private static Matcher find(Pattern pattern, String text, String what) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new InvalidInputException(
          "the .npy header must have " + what + ", got " + text.strip());
    }
    return matcher;
  }

  private static InvalidInputException notNpy() {
    return new InvalidInputException("must be a NumPy array file (.npy), got another format");
  }

  /**
   * Writes the header of an array in C order.
   *
   * @param descr the type in NumPy's short form, such as {@code <f8}
   */
  static void write(OutputStream out, String descr, int[] shape) throws IOException {
    String sides =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String dictionary =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }"
            .formatted(descr, sides, shape.length == 1 ? "," : "");
    // Magic, version and length are 10 bytes; the format pads with spaces to 64 and ends in a line
    // feed.
    int length = dictionary.length() + 1;
    int padded = Math.ceilDiv(10 + length, ALIGNMENT) * ALIGNMENT - 10;
    String text = dictionary + " ".repeat(padded - length) + "\n";
    out.write(
        new byte[] {
          (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) padded, (byte) (padded >> 8)
        });
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The product of a shape. */
  static long elements(String what, int[] shape) {
    long elements = 1;
    for (int side : shape) {
      if (side < 0) {
        throw new InvalidInputException(
            "the sides of %s must not be negative, got %s".formatted(what, Arrays.toString(shape)));
      }
      elements = Math.multiplyExact(elements, (long) side);
    }
    return elements;
  }

  static void checkRaw(String what, NpyType type, int[] shape, ByteBuffer data) {
    if (shape.length > MAX_AXES) {
      throw new InvalidInputException(
          "%s must have at most %s axes, got %s".formatted(what, MAX_AXES, shape.length));
    }
    long bytes = Math.multiplyExact(elements(what, shape), (long) type.size());
    if (bytes != data.remaining()) {
      throw new InvalidInputException(
          "%s of shape %s and type %s must have %s bytes, got %s"
              .formatted(what, Arrays.toString(shape), type.dtype(), bytes, data.remaining()));
    }
  }
}
