package dev.quicklime.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An array read from an {@code .npy} file: integers, truth values or floats of either byte order,
 * in C or Fortran order, with a header of version 1, 2 or 3. Immutable.
 */
public final class NpyArray {
  private final NpyHeader header;
  private final ByteBuffer data;

  private NpyArray(NpyHeader header, ByteBuffer data) {
    this.header = header;
    this.data = data;
  }

  /**
   * Reads a file. No more is allocated than the file holds, whatever its header claims.
   *
   * @throws IllegalArgumentException if it cannot be read, or is no array of numbers
   */
  public static NpyArray read(Path file) {
    byte[] bytes;
    try {
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException(file + ": must be a file, got none of this name");
      }
      long size = Files.size(file);
      if (size > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(file + ": must be under 2 GiB, got " + size + " bytes");
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": must be readable, got " + e, e);
    }
    try {
      return parse(bytes);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  static NpyArray parse(byte[] bytes) {
    NpyHeader header = NpyHeader.parse(bytes);
    long wanted = header.elements() * header.type().size();
    int got = bytes.length - header.end();
    if (wanted != got) {
      throw new IllegalArgumentException(
          "an array of shape %s and type %s must have %d bytes of data, got %d"
              .formatted(Arrays.toString(header.shape()), header.type().name(), wanted, got));
    }
    ByteBuffer data =
        ByteBuffer.wrap(bytes, header.end(), got)
            .slice()
            .order(header.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    return new NpyArray(header, data);
  }

  /** The array's sides, outermost first; empty for a single number. */
  public int[] shape() {
    return header.shape();
  }

  /** Whether the numbers are integers or truth values. */
  public boolean isInteger() {
    return header.type().isInteger();
  }

  /**
   * All numbers in C order, the last index running fastest.
   *
   * @throws IllegalArgumentException if they are floats, or one is outside the range of an int
   */
  public int[] toInts() {
    if (!isInteger()) {
      throw new IllegalArgumentException(
          "the array must be of integers, got type " + header.type().name());
    }
    int[] out = new int[(int) header.elements()];
    int[] order = header.fortran() ? fortranOrder() : null;
    for (int i = 0; i < out.length; i++) {
      long value = header.type().integer(data, order == null ? i : order[i]);
      if (value != (int) value) {
        throw new IllegalArgumentException(
            "integers must be between %d and %d, got %s"
                .formatted(Integer.MIN_VALUE, Integer.MAX_VALUE, value));
      }
      out[i] = (int) value;
    }
    return out;
  }

  /**
   * All numbers in C order, the last index running fastest; 64-bit integers are rounded to the
   * nearest double.
   */
  public double[] toDoubles() {
    double[] out = new double[(int) header.elements()];
    int[] order = header.fortran() ? fortranOrder() : null;
    for (int i = 0; i < out.length; i++) {
      out[i] = header.type().number(data, order == null ? i : order[i]);
    }
    return out;
  }

  /** Where each element, counted in C order, lies in an array whose first index runs fastest. */
  private int[] fortranOrder() {
    int[] shape = header.shape();
    int[] order = new int[(int) header.elements()];
    int[] index = new int[shape.length];
    for (int i = 0; i < order.length; i++) {
      int place = 0;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        place = place * shape[axis] + index[axis];
      }
      order[i] = place;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        index[axis]++;
        if (index[axis] < shape[axis]) {
          break;
        }
        index[axis] = 0;
      }
    }
    return order;
  }
}
