package dev.quicklime.nd4j;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.memory.CollectedMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Numbers off the heap, {@code float64} in C order, that Java sees as a {@link MemorySegment} and
 * ND4J as an {@link INDArray}. Neither is a copy: what is written through one is read through the
 * other.
 *
 * <p>After {@link #close} this object gives out neither any more. Those that it gave before stay
 * usable, whoever holds them: the memory is freed when the last array, view and segment over it has
 * been collected. Closing such an array is harmless, too: it and its views refuse to be used,
 * others do not notice.
 */
public final class SharedArray implements AutoCloseable {

  private final long[] shape;
  private final MemorySegment segment;
  private volatile boolean closed;

  private SharedArray(long[] shape, MemorySegment segment) {
    this.shape = shape;
    this.segment = segment;
  }

  /**
   * An array of zeros.
   *
   * @param shape one side or more, each ≥ 1
   */
  public static SharedArray zeros(long... shape) {
    if (shape.length == 0) {
      throw new InvalidInputException("a shared array must have a side at least");
    }
    long bytes = Double.BYTES;
    for (long side : shape) {
      if (side < 1 || side > Long.MAX_VALUE / bytes) {
        throw new InvalidInputException(
            "the sides of a shared array must be at least 1, and their product below 2^60, got "
                + Arrays.toString(shape));
      }
      bytes *= side;
    }
    return new SharedArray(shape.clone(), CollectedMemory.allocate(bytes));
  }

  /**
   * A copy of numbers on the heap, which native code cannot be shown: the garbage collector moves
   * them.
   *
   * @param values in C order
   * @param shape one side or more, each ≥ 1
   */
  public static SharedArray copyOf(double[] values, long... shape) {
    SharedArray copy = zeros(shape);
    if (copy.length() != values.length) {
      throw new InvalidInputException(
          "an array of shape %s must have %s numbers, got %s"
              .formatted(Arrays.toString(shape), copy.length(), values.length));
    }
    MemorySegment.copy(values, 0, copy.segment, ValueLayout.JAVA_DOUBLE, 0, values.length);
    return copy;
  }

  /** Masks as zeros and ones, [n, d]: a bit each before, eight bytes now. */
  public static SharedArray of(MaskMatrix masks) {
    int columns = masks.columns();
    SharedArray unpacked = zeros(masks.rows(), columns);
    double[] row = new double[columns];
    for (int r = 0; r < masks.rows(); r++) {
      for (int j = 0; j < columns; j++) {
        row[j] = masks.word(r, j >>> 6) >>> j & 1;
      }
      unpacked.put(r, row);
    }
    return unpacked;
  }

  /** Writes numbers at a multiple of their count. */
  void put(int index, double[] row) {
    long at = (long) index * row.length * Double.BYTES;
    MemorySegment.copy(row, 0, segment, ValueLayout.JAVA_DOUBLE, at, row.length);
  }

  private long length() {
    return segment.byteSize() / Double.BYTES;
  }

  /** The sides. */
  public long[] shape() {
    return shape.clone();
  }

  /**
   * The numbers as Java sees them.
   *
   * @throws IllegalStateException if this is closed
   */
  public MemorySegment segment() {
    checkOpen();
    return segment;
  }

  /**
   * The numbers as ND4J sees them. Each call gives an array of its own, all over the same memory.
   *
   * @throws IllegalStateException if this is closed
   */
  public INDArray array() {
    checkOpen();
    // Not Nd4j.createBuffer(Pointer, long, DataType): it copies the pointer and lets go of this
    // one.
    LentPointer pointer = new LentPointer(segment);
    DataBuffer buffer =
        Nd4j.createBuffer(pointer, DataType.DOUBLE, length(), DoubleIndexer.create(pointer));
    return Nd4j.create(buffer, shape, Nd4j.getStrides(shape, 'c'), 0, 'c');
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(
          "this shared array of shape " + Arrays.toString(shape) + " is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return "SharedArray" + Arrays.toString(shape) + (closed ? ", closed" : "");
  }
}
