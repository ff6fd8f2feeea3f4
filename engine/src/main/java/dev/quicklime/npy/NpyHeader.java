package dev.quicklime.npy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the numbers of an {@code .npy} file: a magic number, a version, and a Python
 * dictionary.
 */
final class NpyHeader {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_AXES = 32;
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

  static NpyHeader parse(byte[] file) {
    if (file.length < 10) {
      throw notNpy();
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (file[i] != MAGIC[i]) {
        throw notNpy();
      }
    }
    int version = file[6];
    if (version < 1 || version > 3) {
      throw new IllegalArgumentException("the .npy version must be 1, 2 or 3, got " + version);
    }
    int lengthBytes = version == 1 ? 2 : 4;
    int start = 8 + lengthBytes;
    long length = 0;
    for (int i = Math.min(start, file.length) - 1; i >= 8; i--) {
      length = length << 8 | (file[i] & 0xff);
    }
    if (start + length > file.length) {
      throw new IllegalArgumentException(
          "the .npy header must lie within the file of %d bytes, got a length of %d"
              .formatted(file.length, length));
    }
    int end = (int) (start + length);
    String text = new String(file, start, (int) length, StandardCharsets.UTF_8);
    return parse(text, end);
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
      throw new IllegalArgumentException(
          "the array must be of integers, truth values or floats, got type '" + name + "'", e);
    }
    int[] shape = shape(sides.group(1).strip());
    // Sides of zero must not hide the size of the others, so each step is checked by itself.
    long elements = 1;
    for (int side : shape) {
      elements *= side;
      if (elements * type.size() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
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
      throw new IllegalArgumentException(
          "the array must have at most " + MAX_AXES + " axes, got " + count);
    }
    int[] shape = new int[count];
    for (int i = 0; i < count; i++) {
      try {
        shape[i] = Integer.parseInt(parts[i].strip());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "the array's sides must be below 2^31, got (" + text + ")", e);
      }
    }
    return shape;
  }

  private static Matcher find(Pattern pattern, String text, String what) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException(
          "the .npy header must have " + what + ", got " + text.strip());
    }
    return matcher;
  }

  private static IllegalArgumentException notNpy() {
    return new IllegalArgumentException("must be a NumPy array file (.npy), got another format");
  }
}
