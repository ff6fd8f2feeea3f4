package dev.quicklime.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzReaderTest {

  @TempDir private Path folder = Path.of("");

  /** An array as NumPy writes it, but for the padding. */
  private static byte[] npy(int version, String dictionary, byte[] data) {
    byte[] text = (dictionary + "\n").getBytes(StandardCharsets.ISO_8859_1);
    int prefix = version == 1 ? 10 : 12;
    ByteBuffer out = ByteBuffer.allocate(prefix + text.length + data.length);
    out.order(ByteOrder.LITTLE_ENDIAN).put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'});
    out.put((byte) version).put((byte) 0);
    if (version == 1) {
      out.putShort((short) text.length);
    } else {
      out.putInt(text.length);
    }
    return out.put(text).put(data).array();
  }

  private Path zip(boolean stored, String name, byte[] bytes) throws IOException {
    Path file = folder.resolve("a.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      ZipEntry entry = new ZipEntry(name);
      if (stored) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
      }
      zip.putNextEntry(entry);
      zip.write(bytes);
      zip.closeEntry();
    }
    return file;
  }

  private static String refused(Path file, String name) {
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class,
                () -> {
                  try (NpzReader npz = new NpzReader(file)) {
                    npz.read(name);
                  }
                })
            .getMessage());
  }

  @Test
  void shouldReadWhatIsWritten() throws IOException {
    Path file = folder.resolve("run.npz");
    try (NpzWriter npz = new NpzWriter(file)) {
      npz.ints("a", new int[] {2, 2}, new int[] {1, -2, 3, 4});
      npz.doubles("b", new int[0], new double[] {0.1});
      npz.bytes("c", new int[] {2, 3}, (row, into) -> Arrays.fill(into, (byte) row));
    }
    try (NpzReader npz = new NpzReader(file)) {
      assertEquals(List.of("a", "b", "c"), npz.names());
      assertTrue(npz.has("a"));
      assertFalse(npz.has("d"));
      assertArrayEquals(new int[] {1, -2, 3, 4}, npz.read("a").toInts());
      assertArrayEquals(new double[] {0.1}, npz.read("b").toDoubles());
      assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1}, npz.read("c").toInts());
    }
    assertTrue(refused(file, "d").contains("must have an array d, got [a, b, c]"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldReadStoredAndCompressedArraysOfEveryVersionAndOrder(boolean stored)
      throws IOException {
    byte[] data = {1, 2, 3, 4, 5, 6};
    for (int version = 1; version <= 3; version++) {
      Path file =
          zip(
              stored,
              "x.npy",
              npy(version, "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", data));
      try (NpzReader npz = new NpzReader(file)) {
        assertArrayEquals(new int[] {1, 3, 5, 2, 4, 6}, npz.read("x").toInts());
      }
    }
  }

  @Test
  void shouldRefuseWhatIsNoArrayOfNumbers() throws IOException {
    String objects = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }";
    assertTrue(
        refused(zip(false, "x.npy", npy(1, objects, new byte[8])), "x").contains("a.npz: x"));
    String large = "{'descr': '<f8', 'fortran_order': False, 'shape': (1000,), }";
    assertTrue(
        refused(zip(false, "x.npy", npy(1, large, new byte[8])), "x").contains("8000 bytes"));
    refused(zip(true, "x.npy", new byte[0]), "x");
    refused(zip(true, "x.txt", new byte[4]), "x");
  }

  @Test
  void shouldRefuseFilesThatAreDamaged() throws IOException {
    Path none = folder.resolve("none.npz");
    assertTrue(refused(none, "x").endsWith("must be a file, got none of this name"));
    Path text = Files.writeString(folder.resolve("text.npz"), "no zip at all");
    assertTrue(refused(text, "x").contains("must be an .npz file"));
    String numbers = "{'descr': '|u1', 'fortran_order': False, 'shape': (5000,), }";
    byte[] data = new byte[5000];
    new Random(1).nextBytes(data);
    byte[] whole = Files.readAllBytes(zip(false, "x.npy", npy(1, numbers, data)));
    for (int length : new int[] {1, 100, whole.length / 2, whole.length - 1}) {
      Path cut = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, length));
      refused(cut, "x");
    }
    byte[] bent = whole.clone();
    for (int i = 60; i < 2000; i++) {
      bent[i] ^= 0x5a;
    }
    refused(Files.write(folder.resolve("bent.npz"), bent), "x");
  }

  @Test
  void shouldRefuseAFewBytesThatClaimToBeMany() throws IOException {
    Path file = folder.resolve("bomb.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      byte[] zeros = new byte[1 << 20];
      long most = Runtime.getRuntime().maxMemory() / 4;
      for (long written = 0; written <= Math.min(most, 1L << 31); written += zeros.length) {
        zip.write(zeros);
      }
      zip.closeEntry();
    }
    assertTrue(Files.size(file) < 1 << 24);
    assertTrue(refused(file, "x").contains("must have at most"));
  }

  @Test
  void shouldReadLittleOfALyingEntry() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(npy(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }", new byte[2]));
    assertTrue(
        refused(zip(false, "x.npy", bytes.toByteArray()), "x").contains("must have 3 bytes"));
  }
}
