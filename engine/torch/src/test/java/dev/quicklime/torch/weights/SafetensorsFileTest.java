package dev.quicklime.torch.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.memory.NativeBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {

  @TempDir Path folder;

  private WeightsFile open(TestWeights weights) throws IOException {
    return WeightsFile.open(weights.save(folder.resolve("w.safetensors")));
  }

  private static byte[] little(int bytes, java.util.function.Consumer<ByteBuffer> put) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    put.accept(buffer);
    return buffer.array();
  }

  @Test
  void shouldConvertEveryFloatingTypeToSingles() throws IOException {
    TestWeights weights =
        new TestWeights()
            // One odd byte first, so that nothing after it is aligned.
            .bytes("odd", "U8", List.of(1L), (byte) 200)
            .floats("single", List.of(2L, 1L), 1.25f, -0.0f)
            .bytes(
                "half",
                "F16",
                List.of(3L),
                little(
                    6,
                    b -> {
                      // 1.5, −2 and the smallest subnormal.
                      b.putShort((short) 0x3e00).putShort((short) 0xc000).putShort((short) 1);
                    }))
            .bytes(
                "brain",
                "BF16",
                List.of(2L),
                little(
                    4,
                    b -> {
                      b.putShort((short) 0x3fc0).putShort((short) 0xff80);
                    }))
            .bytes("double", "F64", List.of(), little(8, b -> b.putDouble(1.0 / 3)))
            .bytes("none", "F32", List.of(0L, 5L));
    try (WeightsFile file = open(weights)) {
      assertEquals(
          List.of("odd", "single", "half", "brain", "double", "none"),
          List.copyOf(Values.tensors(file).keySet()));
      assertEquals(
          new StoredTensor(ElementType.F32, List.of(2L, 1L)), Values.tensors(file).get("single"));
      assertArrayEquals(new float[] {200}, Values.floats(file, "odd"));
      assertArrayEquals(new float[] {1.25f, -0.0f}, Values.floats(file, "single"));
      assertArrayEquals(new float[] {1.5f, -2, 0x1p-24f}, Values.floats(file, "half"));
      assertArrayEquals(new float[] {1.5f, Float.NEGATIVE_INFINITY}, Values.floats(file, "brain"));
      assertArrayEquals(new float[] {(float) (1.0 / 3)}, Values.floats(file, "double"));
      assertArrayEquals(new float[0], Values.floats(file, "none"));
    }
  }

  @Test
  void shouldReadWholeNumbersOfEverySize() throws IOException {
    TestWeights weights =
        new TestWeights()
            .bytes("long", "I64", List.of(), little(8, b -> b.putLong(Long.MIN_VALUE + 1)))
            .bytes("int", "I32", List.of(), little(4, b -> b.putInt(-7)))
            .bytes("short", "I16", List.of(), little(2, b -> b.putShort((short) -300)))
            .bytes("byte", "I8", List.of(), (byte) -3)
            .bytes("bool", "BOOL", List.of(), (byte) 1);
    try (WeightsFile file = open(weights)) {
      assertEquals(Long.MIN_VALUE + 1, Values.whole(file, "long"));
      assertEquals(-7, Values.whole(file, "int"));
      assertEquals(-300, Values.whole(file, "short"));
      assertEquals(-3, Values.whole(file, "byte"));
      assertEquals(1, Values.whole(file, "bool"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | 8 bytes of F32[2]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | must begin where",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | nobody owns",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}} | cut off",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | must begin where",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | no negative sizes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}"
            + " | fit into a file",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[-4,-4]}} | must enclose",
        "{\"a\":{\"dtype\":\"F8_E5M2\",\"shape\":[8],\"data_offsets\":[0,8]}} | got \"F8_E5M2\"",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}} | whole numbers",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}} | shape must be an array",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}} | data_offsets must be an array",
        "{\"a\":7} | dtype must be one of",
        "{\"a\":1,\"a\":2} | Duplicate",
        "{\"a\":  | must be a JSON object",
        "{} trailing | must be a JSON object",
      })
  void shouldRefuseATableThatIsWrong(String header, String expected) throws IOException {
    Path file = TestWeights.write(folder.resolve("w"), header.strip(), List.of(new byte[8]));
    QuicklimeException e =
        assertThrows(QuicklimeException.class, () -> WeightsFile.open(file).close());
    assertTrue(e.toString().contains(expected.strip()), e.getMessage());
    assertTrue(e.toString().contains(file.toString()), e.getMessage());
    assertEquals(1, e.toString().lines().count(), e.getMessage());
  }

  @Test
  void shouldRefuseLengthsThatAreNone() throws IOException {
    for (long length : new long[] {0, 1, 1 << 30, -1, Long.MIN_VALUE}) {
      Path file = folder.resolve("w" + length);
      Files.write(file, little(32, b -> b.putLong(length).put((byte) '{').put((byte) '}')));
      assertThrows(QuicklimeException.class, () -> WeightsFile.open(file).close(), "" + length);
    }
  }

  @Test
  void shouldTellWhatOtherFilesAre() throws IOException {
    Path lfs = Files.writeString(folder.resolve("lfs"), "version https://git-lfs.github.com/spec");
    QuicklimeException e =
        assertThrows(QuicklimeException.class, () -> WeightsFile.open(lfs).close());
    assertTrue(e.toString().contains("git lfs pull"), e.getMessage());
    Path text = Files.writeString(folder.resolve("text"), "hello, world");
    assertThrows(QuicklimeException.class, () -> WeightsFile.open(text).close());
    Path empty = Files.createFile(folder.resolve("empty"));
    assertThrows(QuicklimeException.class, () -> WeightsFile.open(empty).close());
    assertThrows(InvalidInputException.class, () -> WeightsFile.open(folder).close());
    assertThrows(InvalidInputException.class, () -> WeightsFile.open(folder.resolve("no")).close());
  }

  @Test
  void shouldRefuseToFillMemoryOfAnotherSize() throws IOException {
    try (WeightsFile file = open(new TestWeights().floats("a", List.of(2L), 1, 2));
        NativeBuffer buffer = new NativeBuffer(12)) {
      assertThrows(
          InvalidInputException.class, () -> file.read("", "a", ElementType.F32, buffer.segment()));
      assertThrows(
          InvalidInputException.class,
          () -> file.read("", "a", ElementType.F16, buffer.segment().asSlice(0, 4)));
      assertThrows(
          InvalidInputException.class,
          () -> file.read("", "b", ElementType.F32, buffer.segment().asSlice(0, 8)));
    }
  }
}
