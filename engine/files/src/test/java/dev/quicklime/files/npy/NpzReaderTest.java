package dev.quicklime.files.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzReaderTest {

  /** {@code savez(a=asfortranarray([[0, 1, 2], [3, 4, 5]], uint8))}, its header of version 2. */
  private static final byte[] FORTRAN = NpyArrayTest.npy(2, "|u1", true, "(2, 3)", "000301040205");

  private static final byte[] FLOATS =
      NpyArrayTest.npy(1, "<f8", false, "(2,)", "000000000000f03f00000000000000c0");

  /**
   * {@code savez_compressed(masks=asfortranarray([[1, 0, 1], [0, 1, 1]], bool), scores=array([.5,
   * -2], '>f4'))} by NumPy itself.
   */
  private static final String NUMPY =
      """
      UEsDBC0AAAAIAAAAIQDNzKXc//////////8JABQAbWFza3MubnB5AQAQAIYAAAAAAAAASwAAAAAAAACb7BfqGxDJ
      yFDGUK2eklqcXKRupaBek2SorqOgnpZfVFKUmBefX5SSChIPKSpNBQoXZyQWpAK5GkY6CsaaOgq1CuQDLkYGBkZG
      RgBQSwMELQAAAAgAAAAhANDDOQD//////////woAFABzY29yZXMubnB5AQAQAIgAAAAAAAAASwAAAAAAAACb7Bfq
      GxDJyFDGUK2eklqcXKRupaBul2airqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFAAuewYG
      hgNADABQSwECLQMtAAAACAAAACEAzcyl3EsAAACGAAAACQAAAAAAAAAAAAAAgAEAAAAAbWFza3MubnB5UEsBAi0D
      LQAAAAgAAAAhANDDOQBLAAAAiAAAAAoAAAAAAAAAAAAAAIABhgAAAHNjb3Jlcy5ucHlQSwUGAAAAAAIAAgBvAAAA
      DQEAAAAA
      """;

  @TempDir Path folder;

  /** What a member says of itself, right unless a test makes it wrong. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Member(String name, byte[] body, int method, long size, long packed, long crc) {

    static Member stored(String name, byte[] body) {
      return new Member(name, body, 0, body.length, body.length, crc(body));
    }

    static Member deflated(String name, byte[] body) {
      Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
      deflater.setInput(body);
      deflater.finish();
      byte[] packed = new byte[body.length + 100];
      int length = deflater.deflate(packed);
      deflater.end();
      return new Member(name, Arrays.copyOf(packed, length), 8, body.length, length, crc(body));
    }

    Member withSize(long other) {
      return new Member(name, body, method, other, packed, crc);
    }

    Member withPacked(byte[] other) {
      return new Member(name, other, method, size, other.length, crc);
    }

    Member withCrc(long other) {
      return new Member(name, body, method, size, packed, other);
    }

    private static long crc(byte[] body) {
      CRC32 sum = new CRC32();
      sum.update(body);
      return sum.getValue();
    }
  }

  private Path write(Member... members) throws IOException {
    return Files.write(folder.resolve("run.npz"), zip(members));
  }

  /** An archive, byte for byte. */
  private static byte[] zip(Member... members) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    for (Member member : members) {
      byte[] name = member.name().getBytes(StandardCharsets.UTF_8);
      int at = out.size();
      out.writeBytes(little(4, 0x04034b50));
      out.writeBytes(fields(member, name));
      out.writeBytes(name);
      out.writeBytes(member.body());
      directory.writeBytes(little(4, 0x02014b50));
      directory.writeBytes(little(2, 20));
      directory.writeBytes(fields(member, name));
      directory.writeBytes(new byte[10]);
      directory.writeBytes(little(4, at));
      directory.writeBytes(name);
    }
    int start = out.size();
    out.writeBytes(directory.toByteArray());
    out.writeBytes(little(4, 0x06054b50));
    out.writeBytes(new byte[4]);
    out.writeBytes(little(2, members.length));
    out.writeBytes(little(2, members.length));
    out.writeBytes(little(4, directory.size()));
    out.writeBytes(little(4, start));
    out.writeBytes(new byte[2]);
    return out.toByteArray();
  }

  private static byte[] fields(Member member, byte[] name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(little(2, 20));
    out.writeBytes(little(2, 0));
    out.writeBytes(little(2, member.method()));
    out.writeBytes(little(4, 0x00210000));
    out.writeBytes(little(4, member.crc()));
    out.writeBytes(little(4, member.packed()));
    out.writeBytes(little(4, member.size()));
    out.writeBytes(little(2, name.length));
    out.writeBytes(little(2, 0));
    return out.toByteArray();
  }

  private static byte[] little(int bytes, long value) {
    byte[] eight = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    return Arrays.copyOf(eight, bytes);
  }

  private static String refusal(Path file, String name) {
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> {
              try (NpzReader npz = new NpzReader(file)) {
                npz.read(name);
              }
            });
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(file.toString()), message);
    return message;
  }

  @Test
  void shouldReadStoredAndDeflatedMembersOfEitherOrderAndVersion() throws IOException {
    Path file =
        write(
            Member.stored("stored.npy", FORTRAN),
            Member.deflated("deflated.npy", FORTRAN),
            Member.deflated("floats.npy", FLOATS),
            Member.stored("notes.txt", new byte[] {1}));
    try (NpzReader npz = new NpzReader(file)) {
      assertEquals(List.of("stored", "deflated", "floats"), npz.names());
      for (String name : List.of("stored", "deflated")) {
        assertTrue(npz.has(name));
        NpyArray array = npz.read(name);
        assertEquals("uint8", array.dtype());
        assertArrayEquals(new int[] {2, 3}, array.shape());
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, array.toInts());
        double[] row = new double[3];
        array.row(1, row);
        assertArrayEquals(new double[] {3, 4, 5}, row);
      }
      assertArrayEquals(new double[] {1, -2}, npz.read("floats").toDoubles());
      assertFalse(npz.has("notes"));
    }
  }

  @Test
  void shouldReadWhatNumpyWrote() throws IOException {
    Path file = Files.write(folder.resolve("numpy.npz"), Base64.getMimeDecoder().decode(NUMPY));
    assertArrayEquals(new int[] {1, 0, 1, 0, 1, 1}, read(file, "masks").toInts());
    assertEquals("bool", read(file, "masks").dtype());
    assertArrayEquals(new double[] {0.5, -2}, read(file, "scores").toDoubles());
  }

  private static NpyArray read(Path file, String name) {
    try (NpzReader npz = new NpzReader(file)) {
      return npz.read(name);
    }
  }

  @Test
  void shouldReadWhatTheWriterWrites() throws IOException {
    Path file = folder.resolve("own.npz");
    byte[] numbers = HexFormat.of().parseHex("ffffffffffffffff0200000000000000");
    try (NpzWriter npz = new NpzWriter(file)) {
      npz.ints("ints", new int[] {2, 1}, new int[] {7, -8});
      npz.doubles("number", new int[0], new double[] {Math.PI});
      npz.floats("none", new int[] {0, 3}, new float[0]);
      npz.raw("longs", "int64", new int[] {2}, ByteBuffer.wrap(numbers));
      assertThrows(
          InvalidInputException.class,
          () -> npz.raw("short", "int64", new int[] {3}, ByteBuffer.wrap(numbers)));
      assertThrows(
          InvalidInputException.class,
          () -> npz.raw("objects", "object", new int[] {2}, ByteBuffer.wrap(numbers)));
    }
    assertArrayEquals(new int[] {7, -8}, read(file, "ints").toInts());
    assertArrayEquals(new double[] {Math.PI}, read(file, "number").toDoubles());
    assertEquals(0, read(file, "none").toDoubles().length);
    assertArrayEquals(new int[] {-1, 2}, read(file, "longs").toInts());
    Path single = folder.resolve("longs.npy");
    NpyWriter.write(single, "int64", new int[] {1, 2}, ByteBuffer.wrap(numbers));
    assertArrayEquals(new int[] {1, 2}, NpyArray.read(single).shape());
    assertArrayEquals(new int[] {-1, 2}, NpyArray.read(single).toInts());
  }

  @Test
  void shouldNameTheArraysWhereOneIsMissing() throws IOException {
    Path file = write(Member.stored("masks.npy", FORTRAN));
    assertTrue(refusal(file, "scores").endsWith("must have an array scores, got [masks]"));
  }

  @Test
  void shouldRefuseWhatIsNoArchive() throws IOException {
    Path text = Files.writeString(folder.resolve("text.npz"), "neither zip nor array");
    assertTrue(refusal(text, "masks").contains("must be an .npz file"));
    Path empty = Files.write(folder.resolve("empty.npz"), new byte[0]);
    assertTrue(refusal(empty, "masks").contains("must be an .npz file"));
    assertTrue(refusal(folder, "masks").contains("must be a file"));
  }

  @Test
  void shouldRefuseAFileCutOffAnywhere() throws IOException {
    byte[] whole = zip(Member.deflated("masks.npy", FORTRAN));
    for (int length = 0; length < whole.length; length++) {
      Path file = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, length));
      refusal(file, "masks");
    }
  }

  @Test
  void shouldNeverReadADamagedArray() throws IOException {
    Member deflated = Member.deflated("masks.npy", FORTRAN);
    byte[] whole = zip(deflated, Member.stored("m.npy", FLOATS));
    int intact = 0;
    int refused = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Path file = Files.write(folder.resolve("damaged.npz"), damaged);
      try (NpzReader npz = new NpzReader(file)) {
        if (npz.has("masks")) {
          assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, npz.read("masks").toInts());
        }
        if (npz.has("m")) {
          assertArrayEquals(new double[] {1, -2}, npz.read("m").toDoubles());
        }
        intact++;
      } catch (InvalidInputException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith(file.toString()), e.toString());
        refused++;
      }
    }
    // Any byte of an array is missed; dates, versions and attributes are nobody's concern.
    int bodies = deflated.body().length + FLOATS.length;
    assertTrue(refused > bodies, refused + " of " + whole.length + " refused");
    assertTrue(intact > 20, intact + " of " + whole.length + " read");
  }

  @Test
  void shouldRefuseSizesThatTheArchiveCannotHold() throws IOException {
    Member honest = Member.deflated("a.npy", FLOATS);
    assertTrue(refusal(write(honest.withSize(200_000_000)), "a").contains("cannot hold"));
    assertTrue(refusal(write(honest.withSize(FLOATS.length - 8)), "a").contains("must have 16"));
    assertTrue(refusal(write(honest.withSize(FLOATS.length + 8)), "a").contains("must have 16"));
    Member stored = Member.stored("a.npy", FLOATS);
    assertTrue(refusal(write(stored.withSize(FLOATS.length + 8)), "a").contains("cannot hold"));
    assertTrue(refusal(write(honest.withCrc(12345)), "a").contains("checksum"));
    byte[] cut = Arrays.copyOf(honest.body(), honest.body().length / 2);
    refusal(write(honest.withPacked(cut)), "a");
  }

  @Test
  void shouldRefuseABombBeforeItIsUnpacked() throws IOException {
    byte[] head = NpyArrayTest.npy(1, "|u1", false, "(10000000,)", "");
    byte[] body = Arrays.copyOf(head, head.length + 10_000_000);
    Path file = write(Member.deflated("a.npy", body));
    assertTrue(Files.size(file) < 20_000, "the bomb is no bomb");
    try (NpzReader npz = new NpzReader(file, 1_000_000)) {
      InvalidInputException e = assertThrows(InvalidInputException.class, () -> npz.read("a"));
      assertTrue(e.toString().contains("at most 1000000 bytes"), e.toString());
    }
    assertThrows(InvalidInputException.class, () -> new NpzReader(file, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"|O", "|O8", "<c16", "<U4", "<M8[ns]"})
  void shouldRefuseWhatIsNoNumber(String type) throws IOException {
    Path file =
        write(Member.stored("a.npy", NpyArrayTest.npy(1, type, false, "(1,)", "0000000000000000")));
    assertTrue(refusal(file, "a").contains("array a: "));
  }

  @Test
  void shouldRefuseAHeaderThatIsNone() throws IOException {
    assertTrue(refusal(write(Member.stored("a.npy", new byte[0])), "a").contains("NumPy array"));
    byte[] pickle = "€\u0004• not an array".getBytes(StandardCharsets.UTF_8);
    assertTrue(refusal(write(Member.stored("a.npy", pickle)), "a").contains("NumPy array"));
    byte[] huge = NpyArrayTest.npy(2, "<f8", false, "(2,)", "");
    huge[11] = 0x7f;
    assertTrue(refusal(write(Member.stored("a.npy", huge)), "a").contains("header"));
  }
}
