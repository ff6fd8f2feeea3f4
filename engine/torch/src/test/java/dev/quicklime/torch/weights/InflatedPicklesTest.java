package dev.quicklime.torch.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.QuicklimeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of torch.save whose pickle becomes more than a heap has. */
class InflatedPicklesTest {

  @TempDir Path folder;

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private Path archive(byte[] pickle) throws IOException {
    Path file = folder.resolve("weights.pth");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("a/data.pkl"));
      zip.write(pickle);
      zip.putNextEntry(new ZipEntry("a/byteorder"));
      zip.write(latin("little"));
      // A storage of four bytes, uncompressed.
      ZipEntry storage = new ZipEntry("a/data/0");
      storage.setMethod(ZipEntry.STORED);
      storage.setSize(4);
      storage.setCrc(0x2144df1cL);
      zip.putNextEntry(storage);
      zip.write(new byte[4]);
    }
    return file;
  }

  private void assertRefused(byte[] pickle, String part) throws IOException {
    Path file = archive(pickle);
    assertTrue(Files.size(file) < 100_000, "a small file");
    QuicklimeException e =
        assertThrows(QuicklimeException.class, () -> WeightsFile.open(file).close());
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertTrue(e.getMessage().startsWith("weights " + file), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }

  private static byte[] repeated(String begin, String part, int times) throws IOException {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(latin("\u0080\2" + begin));
    byte[] bytes = latin(part);
    for (int i = 0; i < times; i++) {
      pickle.write(bytes);
    }
    pickle.write('.');
    return pickle.toByteArray();
  }

  @Test
  void shouldRefuseMillionsOfLists() throws IOException {
    assertRefused(repeated("", "]", 4_000_000), "claims or unpacks to too much");
  }

  @Test
  void shouldRefuseMillionsOfMarks() throws IOException {
    assertRefused(repeated("", "(", 4_000_000), "claims or unpacks to too much");
  }

  @Test
  void shouldRefuseTextsThatAreKeptMillionsOfTimes() throws IOException {
    assertRefused(repeated("", "U\u00ff" + "x".repeat(255), 40_000), "unpacks to too much");
  }

  @Test
  void shouldRefuseALongKeyBeforeManyPaths() throws IOException {
    // {"kkk…": [[], [], …]}: each list's path would begin with the key.
    String key = "X\u0000\u0000\u0001\u0000" + "k".repeat(1 << 16);
    assertRefused(repeated("}" + key + "](" + "]".repeat(20_000) + "es", "", 0), "unpacks");
  }

  @Test
  void shouldRefuseATensorThatShowsOneElementATrillionTimes() throws IOException {
    String storage = "((U\u0007storagectorch\nFloatStorage\nU\u00010U\u0003cpuK\u0001tQ";
    String tensor =
        "ctorch._utils\n_rebuild_tensor_v2\n"
            + storage
            + "K\0\u008a\6\0\0\0\0\0\1\u0085K\0\u0085\u0089}tR";
    assertRefused(
        repeated("}U\1w" + tensor + "s", "", 0),
        "a tensor must be stored whole, got 1099511627776 elements [1099511627776] of a storage of"
            + " 1");
  }
}
