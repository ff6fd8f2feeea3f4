package dev.quicklime.nd4j;

import dev.quicklime.InvalidInputException;
import dev.quicklime.files.npy.NpyArray;
import dev.quicklime.files.npy.NpyWriter;
import dev.quicklime.files.npy.NpzReader;
import dev.quicklime.files.npy.NpzWriter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * NumPy's files to and from ND4J, through the engine's own reader and writer. Those of ND4J M2.1
 * confuse the order of anything but a whole array in C order, and end the JVM on a big-endian one.
 */
public final class NumpyFiles {

  private static final Map<DataType, String> DTYPES =
      Map.ofEntries(
          Map.entry(DataType.DOUBLE, "float64"),
          Map.entry(DataType.FLOAT, "float32"),
          Map.entry(DataType.FLOAT16, "float16"),
          Map.entry(DataType.INT64, "int64"),
          Map.entry(DataType.INT32, "int32"),
          Map.entry(DataType.INT16, "int16"),
          Map.entry(DataType.INT8, "int8"),
          Map.entry(DataType.UINT64, "uint64"),
          Map.entry(DataType.UINT32, "uint32"),
          Map.entry(DataType.UINT16, "uint16"),
          Map.entry(DataType.UINT8, "uint8"),
          Map.entry(DataType.BOOL, "bool"));

  private NumpyFiles() {}

  /**
   * Reads an {@code .npy} file: {@code float64} as {@link DataType#DOUBLE}, smaller floats as
   * {@link DataType#FLOAT}, integers and truth values as {@link DataType#INT32}.
   *
   * @throws InvalidInputException if it cannot be read, is no array of numbers, or has an integer
   *     outside the range of an int
   */
  public static INDArray read(Path file) {
    return array(NpyArray.read(file));
  }

  /**
   * Reads all arrays of an {@code .npz} file, as {@link #read} does, in their order.
   *
   * @throws InvalidInputException if it cannot be read, or one of them is no array of numbers
   */
  public static Map<String, INDArray> readAll(Path file) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    try (NpzReader npz = new NpzReader(file)) {
      for (String name : npz.names()) {
        arrays.put(name, array(npz.read(name)));
      }
    }
    return arrays;
  }

  /**
   * Writes an array of any order or stride as an {@code .npy} file, over what is there. The types
   * that NumPy knows keep their own.
   *
   * @throws InvalidInputException if NumPy has no such type, or the array is over 2 GiB
   * @throws IOException if the file cannot be written
   */
  public static void write(INDArray array, Path file) throws IOException {
    String dtype = dtype(array);
    int[] shape = shape(array);
    INDArray copy = array.dup('c');
    try {
      NpyWriter.write(file, dtype, shape, bytes(copy));
    } finally {
      Reference.reachabilityFence(copy);
    }
  }

  /**
   * Writes arrays into one {@code .npz} file, compressed, over what is there.
   *
   * @throws InvalidInputException as {@link #write}
   * @throws IOException if the file cannot be written
   */
  public static void writeAll(Map<String, INDArray> arrays, Path file) throws IOException {
    arrays.values().forEach(NumpyFiles::dtype);
    try (NpzWriter npz = new NpzWriter(file)) {
      for (Map.Entry<String, INDArray> entry : arrays.entrySet()) {
        INDArray array = entry.getValue();
        INDArray copy = array.dup('c');
        try {
          npz.raw(entry.getKey(), dtype(array), shape(array), bytes(copy));
        } finally {
          Reference.reachabilityFence(copy);
        }
      }
    }
  }

  private static INDArray array(NpyArray array) {
    DataType type =
        array.isInteger()
            ? DataType.INT32
            : array.dtype().equals("float64") ? DataType.DOUBLE : DataType.FLOAT;
    int[] sides = array.shape();
    long[] shape = Arrays.stream(sides).asLongStream().toArray();
    if (array.isInteger()) {
      int[] values = array.toInts();
      return values.length == 0
          ? Nd4j.create(type, shape)
          : Nd4j.createFromArray(values).reshape(shape);
    }
    if (Arrays.stream(shape).anyMatch(side -> side == 0)) {
      return Nd4j.create(type, shape);
    }
    if (sides.length == 0) {
      return Nd4j.scalar(type, array.toDoubles()[0]);
    }
    INDArray numbers;
    try (SharedArray shared = SharedArray.zeros(shape)) {
      double[] row = new double[(int) (Arrays.stream(shape).reduce(1, (a, b) -> a * b) / sides[0])];
      for (int r = 0; r < sides[0]; r++) {
        array.row(r, row);
        shared.put(r, row);
      }
      numbers = shared.array();
    }
    return numbers.castTo(type);
  }

  private static int[] shape(INDArray array) {
    return Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
  }

  /** The memory of a copy in C order, which must be kept meanwhile. */
  private static ByteBuffer bytes(INDArray copy) {
    if (copy.length() == 0) {
      return ByteBuffer.allocate(0);
    }
    long bytes = copy.length() * copy.dataType().width();
    return MemorySegment.ofAddress(copy.data().address()).reinterpret(bytes).asByteBuffer();
  }

  private static String dtype(INDArray array) {
    String dtype = DTYPES.get(array.dataType());
    if (dtype == null) {
      throw new InvalidInputException(
          "the array must be of integers, truth values or floats that NumPy knows, got "
              + array.dataType());
    }
    if (array.length() * array.dataType().width() > Integer.MAX_VALUE) {
      throw new InvalidInputException(
          "the array must be under 2 GiB, got shape " + Arrays.toString(array.shape()));
    }
    return dtype;
  }
}
