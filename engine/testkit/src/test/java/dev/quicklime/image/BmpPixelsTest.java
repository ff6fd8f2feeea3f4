package dev.quicklime.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every layout of a BMP's pixels is read exactly, or refused by its name. */
class BmpPixelsTest {
  private static final int WIDTH = 9;
  private static final int HEIGHT = 8;

  /** A BMP of rows from the bottom; masks of red, green, blue and alpha, or none. */
  private static byte[] bmp(int header, int bits, int compression, int[] masks, byte[] rows) {
    int behind = header == 40 ? 4 * Math.min(masks.length, 3) : 0;
    int place = 14 + header + behind;
    ByteBuffer out = ByteBuffer.allocate(place + rows.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {'B', 'M'}).putInt(out.capacity()).putInt(0).putInt(place).putInt(header);
    if (header == 12) {
      out.putShort((short) WIDTH).putShort((short) HEIGHT).putShort((short) 1);
      out.putShort((short) bits);
    } else {
      out.putInt(WIDTH).putInt(HEIGHT).putShort((short) 1).putShort((short) bits);
      out.putInt(compression).putInt(rows.length).putInt(0).putInt(0).putInt(0).putInt(0);
      for (int i = 0; i < masks.length && (header > 40 || i < 3); i++) {
        out.putInt(masks[i]);
      }
    }
    out.position(place).put(rows);
    return out.array();
  }

  private static byte[] pixels(int bits, long first) {
    int row = (WIDTH * bits + 31) / 32 * 4;
    ByteBuffer out = ByteBuffer.allocate(row * HEIGHT + 8).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(row * (HEIGHT - 1), first);
    return java.util.Arrays.copyOf(out.array(), row * HEIGHT);
  }

  @ParameterizedTest
  @CsvSource({
    // header, bits, compression, masks, pixel, and the colours it has
    "40, 16, 0, '', 4A2F, 148, 140, 123",
    "40, 16, 3, '7C00 3E0 1F', 4A2F, 148, 140, 123",
    "40, 16, 3, 'F800 7E0 1F', 4A2F, 74, 279, 123",
    "124, 16, 3, 'F800 7E0 1F 0', 4A2F, 74, 279, 123",
    "40, 16, 3, '1F 7E0 F800', 4A2F, 123, 279, 74",
    "40, 16, 3, 'F00 F0 F', 4A2F, 170, 34, 255",
    "108, 16, 3, 'F00 F0 F F000', 4A2F, 170, 34, 255",
    "40, 32, 0, '', 4A2F10, 74, 47, 16",
    "40, 32, 3, 'FF FF00 FF0000', 4A2F10, 16, 47, 74",
    "56, 32, 3, 'FF0000 FF00 FF FF000000', 804A2F10, 74, 47, 16",
    "40, 32, 3, 'FF000000 FF0000 FF00', 4A2F1000, 74, 47, 16",
    "40, 24, 0, '', 4A2F10, 74, 47, 16",
    "12, 24, 0, '', 4A2F10, 74, 47, 16"
  })
  void shouldFindColoursByTheirMasks(
      int header, int bits, int compression, String masks, String pixel, int r, int g, int b) {
    int[] numbers =
        masks.isEmpty()
            ? new int[0]
            : List.of(masks.split(" ")).stream()
                .mapToInt(mask -> Integer.parseUnsignedInt(mask, 16))
                .toArray();
    byte[] rows = pixels(bits, Long.parseLong(pixel, 16));
    Image image = Image.decode(bmp(header, bits, compression, numbers, rows));
    assertEquals(List.of(3, false), List.of(image.channels(), image.isFloat()));
    // Green of six bits: 0x4a2f has 17 of 63 there.
    int green = g == 279 ? Math.round(17 * 255 / 63f) : g;
    assertEquals(
        List.of((float) r, (float) green, (float) b),
        List.of(image.value(0, 0, 0), image.value(0, 0, 1), image.value(0, 0, 2)));
    assertEquals(0, image.value(1, 0, 1));
    boolean alpha = numbers.length == 4 && numbers[3] != 0;
    assertEquals(alpha ? List.of("alpha channel dropped") : List.of(), image.notices());
  }

  @Test
  void shouldKeepAlphaAndMoreThanEightBits() {
    int[] masks = {0xf00, 0xf0, 0xf, 0xf000};
    Image image = Image.decode(bmp(108, 16, 3, masks, pixels(16, 0x4a2f)));
    Image alpha = java.util.Objects.requireNonNull(image.alpha());
    assertEquals(4 * 17, alpha.value(0, 0, 0));
    int[] ten = {0x3ff00000, 0xffc00, 0x3ff};
    Image deep = Image.decode(bmp(40, 32, 3, ten, pixels(32, 0x3ff00001)));
    assertEquals(255, deep.value(0, 0, 0));
    assertEquals(255 / 1023f, deep.value(0, 0, 2));
    assertEquals(List.of("10-bit values kept as floats"), deep.notices());
  }

  @Test
  void shouldReadRunLengths() {
    ByteBuffer coded = ByteBuffer.allocate(1024 + 100);
    for (int i = 0; i < 256; i++) {
      coded.put((byte) i).put((byte) (2 * i)).put((byte) (3 * i)).put((byte) 0);
    }
    for (int y = 0; y < HEIGHT; y++) {
      coded.put(new byte[] {5, (byte) (10 + y), 0, 4, 1, 2, 3, 4, 0, 0});
    }
    coded.put(new byte[] {0, 1});
    byte[] rows = java.util.Arrays.copyOf(coded.array(), coded.position());
    byte[] file = bmp(40, 8, 1, new int[0], rows);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(10, 54 + 1024);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(34, rows.length - 1024);
    Image image = Image.decode(file);
    assertEquals(
        List.of(17f, 34f, 51f),
        List.of(image.value(4, 0, 2), image.value(4, 0, 1), image.value(4, 0, 0)));
    assertEquals(3, image.value(7, 0, 2));
    assertEquals(10, image.value(0, HEIGHT - 1, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 0, 2 bits for a pixel",
    "64, 0, 64 bits for a pixel",
    "24, 4, a JPEG inside",
    "32, 5, a PNG inside",
    "32, 6, Windows CE",
    "32, 11, CMYK",
    "24, 9, compression 9",
    "24, 3, 24 bits with compression 3",
    "7, 0, 7 bits with compression 0"
  })
  void shouldRefuseOtherLayoutsByTheirName(int bits, int compression, String name) {
    byte[] file = bmp(40, bits, compression, new int[0], new byte[9999]);
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> Image.decode(file), name);
    assertTrue(String.valueOf(e.getMessage()).contains(name), e.getMessage());
  }

  @Test
  void shouldRefuseMasksWithHolesByThem() {
    int[] masks = {0xf0f00000, 0xf0f00, 0xff};
    byte[] file = bmp(40, 32, 3, masks, pixels(32, 0));
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> Image.decode(file));
    assertTrue(String.valueOf(e.getMessage()).contains("the mask 0xf0f00000"), e.getMessage());
  }
}
