package dev.quicklime.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.files.npy.NpyArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class NumpyFilesTest {

  @TempDir Path folder;

  /** [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]. */
  private static INDArray numbers() {
    double[] values = new double[12];
    Arrays.setAll(values, i -> i);
    return Nd4j.createFromArray(values).reshape(3, 4);
  }

  private double[] written(INDArray array) throws IOException {
    Path file = folder.resolve("array.npy");
    NumpyFiles.write(array, file);
    NpyArray read = NpyArray.read(file);
    assertArrayEquals(
        Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray(), read.shape());
    return read.toDoubles();
  }

  @Test
  void shouldWriteEveryOrderAndViewByItsIndices() throws IOException {
    INDArray numbers = numbers();
    double[] plain = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    assertArrayEquals(plain, written(numbers));
    assertArrayEquals(plain, written(numbers.dup('f')));
    assertArrayEquals(
        new double[] {0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11}, written(numbers.transpose()));
    assertArrayEquals(new double[] {2, 6, 10}, written(numbers.getColumn(2)));
    assertArrayEquals(
        new double[] {5, 6, 9, 10},
        written(numbers.get(NDArrayIndex.interval(1, 3), NDArrayIndex.interval(1, 3))));
    assertArrayEquals(new double[] {3.5}, written(Nd4j.scalar(3.5)));
  }

  @Test
  void shouldKeepTheTypesThatNumpyKnows() throws IOException {
    Map<DataType, String> types = new LinkedHashMap<>();
    types.put(DataType.DOUBLE, "float64");
    types.put(DataType.FLOAT, "float32");
    types.put(DataType.FLOAT16, "float16");
    types.put(DataType.INT64, "int64");
    types.put(DataType.INT32, "int32");
    types.put(DataType.INT16, "int16");
    types.put(DataType.INT8, "int8");
    types.put(DataType.UINT8, "uint8");
    types.put(DataType.BOOL, "bool");
    Path file = folder.resolve("typed.npy");
    for (Map.Entry<DataType, String> type : types.entrySet()) {
      NumpyFiles.write(Nd4j.createFromArray(0.0, 1.0, 3.0).castTo(type.getKey()), file);
      NpyArray read = NpyArray.read(file);
      assertEquals(type.getValue(), read.dtype());
      double last = type.getKey() == DataType.BOOL ? 1 : 3;
      assertArrayEquals(new double[] {0, 1, last}, read.toDoubles(), type.getValue());
    }
    INDArray strange = Nd4j.createFromArray(1.0).castTo(DataType.BFLOAT16);
    assertThrows(InvalidInputException.class, () -> NumpyFiles.write(strange, file));
  }

  @Test
  void shouldReadWhatNumpyWrites() throws IOException {
    // numpy.save(file, numpy.asfortranarray([[0, 1, 2], [3, 4, 5]]).astype('>f4')), whose text is
    // padded less.
    String header = "{'descr': '>f4', 'fortran_order': True, 'shape': (2, 3), }\n";
    byte[] start = HexFormat.of().parseHex("934e554d5059" + "0100" + "3b00");
    assertEquals(0x3b, header.length());
    byte[] data =
        HexFormat.of().parseHex("0000000040400000" + "3f80000040800000" + "4000000040a00000");
    Path file = folder.resolve("fortran.npy");
    Files.write(file, start);
    Files.write(
        file, header.getBytes(StandardCharsets.US_ASCII), java.nio.file.StandardOpenOption.APPEND);
    Files.write(file, data, java.nio.file.StandardOpenOption.APPEND);
    INDArray read = NumpyFiles.read(file);
    assertEquals(DataType.FLOAT, read.dataType());
    assertArrayEquals(new long[] {2, 3}, read.shape());
    assertArrayEquals(
        new double[][] {{0, 1, 2}, {3, 4, 5}}, read.castTo(DataType.DOUBLE).toDoubleMatrix());
  }

  @Test
  void shouldReadBackWhatItWrote() throws IOException {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put("numbers", numbers().dup('f'));
    arrays.put("small", numbers().castTo(DataType.FLOAT));
    arrays.put("whole", numbers().castTo(DataType.INT64));
    arrays.put("shown", numbers().gt(5));
    arrays.put("single", Nd4j.scalar(2.5));
    arrays.put("none", Nd4j.create(DataType.DOUBLE, 0, 3));
    Path file = folder.resolve("all.npz");
    NumpyFiles.writeAll(arrays, file);
    Map<String, INDArray> read = NumpyFiles.readAll(file);
    assertEquals(List.copyOf(arrays.keySet()), List.copyOf(read.keySet()));
    assertEquals(numbers(), read.get("numbers"));
    assertEquals(numbers().castTo(DataType.FLOAT), read.get("small"));
    assertEquals(numbers().castTo(DataType.INT32), read.get("whole"));
    assertEquals(numbers().gt(5).castTo(DataType.INT32), read.get("shown"));
    assertEquals(Nd4j.scalar(2.5), read.get("single"));
    assertArrayEquals(
        new long[] {0, 3}, java.util.Objects.requireNonNull(read.get("none")).shape());
  }

  @Test
  void shouldRefuseWhatIsNoArrayOfNumbers() throws IOException {
    Path text = Files.writeString(folder.resolve("text.npy"), "neither");
    assertThrows(InvalidInputException.class, () -> NumpyFiles.read(text));
    assertThrows(InvalidInputException.class, () -> NumpyFiles.readAll(text));
    Path large = folder.resolve("large.npy");
    NumpyFiles.write(Nd4j.createFromArray(1L << 40), large);
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> NumpyFiles.read(large));
    assertTrue(e.toString().contains("integers must be between"), e.toString());
  }
}
