package dev.quicklime.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.files.npy.NpzReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of some kilobytes that announce, or unpack to, what no heap has. */
class ClaimingRunsTest {

  @TempDir Path folder;

  /** An archive of arrays that are all zeros. */
  private final class Zeros implements AutoCloseable {
    private final Path file = folder.resolve("zeros.npz");
    private final ZipOutputStream zip;

    Zeros() throws IOException {
      zip = new ZipOutputStream(Files.newOutputStream(file));
    }

    Zeros array(String name, String type, String shape, long bytes) throws IOException {
      zip.putNextEntry(new ZipEntry(name + ".npy"));
      String text =
          "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }\n".formatted(type, shape);
      ByteBuffer head = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
      head.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
      head.putShort((short) text.length());
      zip.write(head.array());
      zip.write(text.getBytes(StandardCharsets.US_ASCII));
      byte[] part = new byte[1 << 16];
      for (long left = bytes; left > 0; left -= part.length) {
        zip.write(part, 0, (int) Math.min(part.length, left));
      }
      zip.closeEntry();
      return this;
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }

  private static void assertRefused(Path file, String... parts) throws IOException {
    assertTrue(Files.size(file) < 100_000, "a small file");
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> StoredRun.read(file));
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
    assertEquals(1, e.getMessage().lines().count());
  }

  @Test
  void shouldRefuseMasksOfMoreColumnsThanThereCanBeSuperpixels() throws IOException {
    Path file;
    try (Zeros zeros = new Zeros()) {
      file = zeros.file;
      zeros.array("masks", "|u1", "1, 46341", 46341).array("scores", "<f8", "1, 1", 8);
      zeros.array("weights", "<f8", "1,", 8);
    }
    assertRefused(file, "zeros.npz: masks must have at most 4096 columns", "got 46341");
  }

  @Test
  void shouldRefuseACompressedColumnOfSixtyMillionBytes() throws IOException {
    Path file;
    try (Zeros zeros = new Zeros()) {
      file = zeros.file;
      zeros.array("masks", "|u1", "60000000, 1", 60_000_000);
    }
    assertRefused(file, "zeros.npz: array masks: a file of", "claims or unpacks to too much");
  }

  @Test
  void shouldRefuseAColumnWhoseRowsTakeAWordEach() throws IOException {
    Path file;
    try (Zeros zeros = new Zeros()) {
      file = zeros.file;
      zeros.array("masks", "|u1", "4000000, 1", 4_000_000);
    }
    assertRefused(file, "masks of shape [4000000, 1]", "claims or unpacks to too much");
  }

  @Test
  void shouldRefuseScoresOfMoreClassesThanTheFileCouldHold() throws IOException {
    Path file;
    try (Zeros zeros = new Zeros()) {
      file = zeros.file;
      zeros.array("masks", "|u1", "1, 2", 2).array("scores", "|u1", "1, 12000000", 12_000_000);
    }
    assertRefused(file, "scores", "claims or unpacks to too much");
  }

  @Test
  void shouldUnpackAsMuchAsWasAskedForWhereALimitIsGiven() throws IOException {
    Path file;
    try (Zeros zeros = new Zeros()) {
      file = zeros.file;
      zeros.array("large", "|u1", "30000000,", 30_000_000);
    }
    try (NpzReader npz = new NpzReader(file, 1L << 30)) {
      assertEquals(30_000_000, npz.read("large").shape()[0]);
    }
    try (NpzReader npz = new NpzReader(file)) {
      assertThrows(InvalidInputException.class, () -> npz.read("large"));
    }
  }
}
