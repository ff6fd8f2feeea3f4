package dev.quicklime.files.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyArrayTest {
  @ParameterizedTest
  @CsvSource({
    "|b1, 0001, 0, 1",
    "|i1, 80ff, -128, -1",
    "|u1, 80ff, 128, 255",
    "<i2, 0080ffff, -32768, -1",
    ">i2, 8000ffff, -32768, -1",
    "<u2, 0080ffff, 32768, 65535",
    ">u2, 8000ffff, 32768, 65535",
    "<i4, 01000080ffffffff, -2147483647, -1",
    ">i4, 80000001ffffffff, -2147483647, -1",
    "<u4, ffffff7f00000000, 2147483647, 0",
    "<i8, 00000080ffffffff0100000000000000, -2147483648, 1",
    ">u8, 000000007fffffff0000000000000001, 2147483647, 1"
  })
  void shouldReadEveryIntegerType(String type, String hex, int first, int second) {
    NpyArray array = NpyArray.parse(npy(1, type, false, "(2,)", hex));
    assertArrayEquals(new int[] {2}, array.shape());
    assertTrue(array.isInteger());
    assertArrayEquals(new int[] {first, second}, array.toInts());
    assertArrayEquals(new double[] {first, second}, array.toDoubles());
  }

  @ParameterizedTest
  @CsvSource({
    "<f2, 003c00c0",
    ">f2, 3c00c000",
    "<f4, 0000803f000000c0",
    ">f4, 3f800000c0000000",
    "<f8, 000000000000f03f00000000000000c0",
    ">f8, 3ff0000000000000c000000000000000"
  })
  void shouldReadEveryFloatType(String type, String hex) {
    NpyArray array = NpyArray.parse(npy(2, type, false, "(2,)", hex));
    assertFalse(array.isInteger());
    assertArrayEquals(new double[] {1, -2}, array.toDoubles());
    assertThrows(InvalidInputException.class, array::toInts);
  }

  @Test
  void shouldGiveFortranOrderInCOrder() {
    NpyArray array = NpyArray.parse(npy(3, "|u1", true, "(2, 3)", "000301040205"));
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, array.toInts());
    NpyArray cube = NpyArray.parse(npy(1, "|u1", true, "(2, 2, 2)", "0004020601050307"));
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, cube.toInts());
  }

  @Test
  void shouldReadASingleNumberAndAnEmptyArray() {
    assertArrayEquals(new int[] {7}, NpyArray.parse(npy(1, "|u1", false, "()", "07")).toInts());
    assertEquals(0, NpyArray.parse(npy(1, "<i4", true, "(0, 5)", "")).toInts().length);
  }

  @Test
  void shouldRoundUnsignedIntegersPastALong() {
    NpyArray array = NpyArray.parse(npy(1, ">u8", false, "(1,)", "ffffffffffffffff"));
    assertArrayEquals(new double[] {0x1p64}, array.toDoubles());
    assertThrows(InvalidInputException.class, array::toInts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(2147483647,)",
        "(2147483647, 2147483647, 2147483647)",
        "(0, 99999999999999)",
        "(3,)",
        "(1,)",
        "(2, -1)",
        "('a',)",
        "(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,"
            + " 1, 1, 2)"
      })
  void shouldRefuseAShapeThatTheFileDoesNotHold(String shape) {
    byte[] file = npy(1, "<i4", false, shape, "0100000002000000");
    assertThrows(InvalidInputException.class, () -> NpyArray.parse(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"|O8", "<c8", "|S4", "<U4", "<i3", "<f1", "|V8"})
  void shouldRefuseWhatIsNoNumber(String type) {
    byte[] file = npy(1, type, false, "(1,)", "0000000000000000");
    assertThrows(InvalidInputException.class, () -> NpyArray.parse(file));
  }

  @Test
  void shouldRefuseHeadersCutOffAnywhere() {
    byte[] file = npy(1, "<i4", false, "(2,)", "0100000002000000");
    for (int length = 0; length < file.length; length++) {
      byte[] part = java.util.Arrays.copyOf(file, length);
      assertThrows(InvalidInputException.class, () -> NpyArray.parse(part));
    }
    byte[] hostile = npy(2, "<i4", false, "(2,)", "0100000002000000");
    hostile[8] = hostile[9] = hostile[10] = hostile[11] = -1;
    assertThrows(InvalidInputException.class, () -> NpyArray.parse(hostile));
    byte[] version = file.clone();
    version[6] = 9;
    assertThrows(InvalidInputException.class, () -> NpyArray.parse(version));
  }

  @Test
  void shouldNameTheFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("labels.npy");
    Files.writeString(file, "this is text and no array");
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> NpyArray.read(file));
    assertTrue(e.toString().contains(file + ": must be a NumPy array"), e.toString());
    assertThrows(InvalidInputException.class, () -> NpyArray.read(folder));
    assertThrows(InvalidInputException.class, () -> NpyArray.read(folder.resolve("none.npy")));
  }

  static byte[] npy(int version, String type, boolean fortran, String shape, String hex) {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n"
            .formatted(type, fortran ? "True" : "False", shape);
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    ByteBuffer length = ByteBuffer.allocate(version == 1 ? 2 : 4);
    length.order(java.nio.ByteOrder.LITTLE_ENDIAN);
    if (version == 1) {
      length.putShort((short) text.length);
    } else {
      length.putInt(text.length);
    }
    out.writeBytes(length.array());
    out.writeBytes(text);
    out.writeBytes(HexFormat.of().parseHex(hex == null ? "" : hex));
    return out.toByteArray();
  }
}
