package dev.quicklime.files.npy;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.file.ReadBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * An array read from an {@code .npy} file: integers, truth values or floats of either byte order,
 * in C or Fortran order, with a header of version 1, 2 or 3. Immutable.
 */
public final class NpyArray {
  private final NpyHeader header;
  private final ByteBuffer data;
  private final ReadBudget budget;

  private NpyArray(NpyHeader header, ByteBuffer data, ReadBudget budget) {
    this.header = header;
    this.data = data;
    this.budget = budget;
  }

  /**
   * Reads an {@code .npy} file of numbers. No more is allocated than the file holds, whatever its
   * header claims.
   *
   * @throws InvalidInputException if it cannot be read, is no array of numbers, or larger than a
   *     quarter of the heap
   */
  public static NpyArray read(Path file) {
    Objects.requireNonNull(file, "file");
    byte[] bytes;
    ReadBudget budget;
    try {
      if (!Files.isRegularFile(file)) {
        throw new InvalidInputException(file + ": must be a file, got none of this name");
      }
      long size = Files.size(file);
      if (size > Integer.MAX_VALUE - 8) {
        throw new InvalidInputException(file + ": must be under 2 GiB, got " + size + " bytes");
      }
      budget = ReadBudget.of(size);
      checked(file, budget, size);
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InvalidInputException(file + ": must be readable, got " + e, e);
    }
    try {
      return parse(bytes, budget);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(file + ": " + e.getMessage(), e);
    }
  }

  private static void checked(Path file, ReadBudget budget, long size) {
    try {
      budget.check(size);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(file + ": " + e.getMessage(), e);
    }
  }

  static NpyArray parse(byte[] bytes) {
    return parse(bytes, ReadBudget.of(bytes.length));
  }

  private static NpyArray parse(byte[] bytes, ReadBudget budget) {
    NpyHeader header = NpyHeader.parse(bytes);
    return of(header, bytes, header.end(), budget);
  }

  /**
   * An array whose numbers fill the rest of some bytes.
   *
   * @param budget what the numbers may take once they are converted
   */
  static NpyArray of(NpyHeader header, byte[] bytes, int from, ReadBudget budget) {
    int got = bytes.length - from;
    header.checkBytes(got);
    ByteBuffer data =
        ByteBuffer.wrap(bytes, from, got)
            .slice()
            .order(header.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    return new NpyArray(header, data, budget);
  }

  /** The array's sides, outermost first; empty for a single number. */
  public int[] shape() {
    return header.shape();
  }

  /** The numbers' type as NumPy names it, such as {@code float64} or {@code uint8}. */
  public String dtype() {
    return header.type().dtype();
  }

  /** Whether the numbers are integers or truth values. */
  public boolean isInteger() {
    return header.type().isInteger();
  }

  /**
   * All numbers in C order, the last index running fastest.
   *
   * @throws InvalidInputException if they are floats, one is outside the range of an int, or all of
   *     them take more memory than a file of this size may
   */
  public int[] toInts() {
    if (!isInteger()) {
      throw new InvalidInputException(
          "the array must be of integers, got type " + header.type().name());
    }
    budget.check(header.elements() * Integer.BYTES * (header.fortran() ? 2 : 1));
    int[] out = new int[(int) header.elements()];
    int[] order = header.fortran() ? fortranOrder() : null;
    for (int i = 0; i < out.length; i++) {
      long value = header.type().integer(data, order == null ? i : order[i]);
      if (value != (int) value) {
        throw new InvalidInputException(
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
   *
   * @throws InvalidInputException if they take more memory than a file of this size may
   */
  public double[] toDoubles() {
    budget.check(header.elements() * (Double.BYTES + (header.fortran() ? Integer.BYTES : 0)));
    double[] out = new double[(int) header.elements()];
    int[] order = header.fortran() ? fortranOrder() : null;
    for (int i = 0; i < out.length; i++) {
      out[i] = header.type().number(data, order == null ? i : order[i]);
    }
    return out;
  }

  /**
   * The numbers of one index of the first axis, in C order, so that a large array need not be
   * converted whole.
   *
   * @param index from 0 to below the first side
   * @param into receives the numbers; as long as the product of the other sides
   * @throws InvalidInputException if the array is a single number, or {@code into} has another
   *     length
   */
  public void row(int index, double[] into) {
    int[] shape = header.shape();
    if (shape.length == 0) {
      throw new InvalidInputException("a single number has no rows");
    }
    Objects.checkIndex(index, shape[0]);
    int length = (int) (header.elements() / shape[0]);
    if (into.length != length) {
      throw new InvalidInputException(
          "a row of shape %s has %d numbers, got room for %d"
              .formatted(Arrays.toString(shape), length, into.length));
    }
    if (header.fortran()) {
      int[] at = new int[shape.length];
      at[0] = index;
      for (int i = 0; i < length; i++) {
        into[i] = header.type().number(data, place(shape, at));
        advance(shape, at);
      }
    } else {
      for (int i = 0; i < length; i++) {
        into[i] = header.type().number(data, index * length + i);
      }
    }
  }

  /** Where each element, counted in C order, lies in an array whose first index runs fastest. */
  private int[] fortranOrder() {
    int[] shape = header.shape();
    int[] order = new int[(int) header.elements()];
    int[] at = new int[shape.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = place(shape, at);
      advance(shape, at);
    }
    return order;
  }

  private static int place(int[] shape, int[] at) {
    int place = 0;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      place = place * shape[axis] + at[axis];
    }
    return place;
  }

  /** Goes on to the next element in C order. */
  private static void advance(int[] shape, int[] at) {
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      at[axis]++;
      if (at[axis] < shape[axis]) {
        return;
      }
      at[axis] = 0;
    }
  }
}
