package dev.quicklime.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.TestPictures.Tiff;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats are told by what a file holds; those that are not read have a name. */
class PictureFormatsTest {
  @TempDir Path folder;

  @Test
  void shouldTellPicturesByTheirContents() throws IOException {
    assertTrue(ImageFiles.isPicture(write("p", TestPictures.jpeg(12, 9))));
    assertTrue(ImageFiles.isPicture(write("t.txt", Tiff.of8(8, 8, 1).file(new byte[64]))));
    assertFalse(ImageFiles.isPicture(write("a.png", new byte[0])));
    assertFalse(ImageFiles.isPicture(write("b.png", new byte[700])));
    assertFalse(ImageFiles.isPicture(folder));
    assertFalse(ImageFiles.isPicture(folder.resolve("missing.png")));
  }

  @ParameterizedTest
  @CsvSource({
    "FF0A0000, a JPEG XL, djxl IN.jxl OUT.png",
    "0000000C4A584C200D0A870A, a JPEG XL, djxl IN.jxl OUT.png",
    "38425053, a Photoshop file, magick IN OUT.png",
    "762F3101, an OpenEXR, magick IN OUT.png",
    "25504446, a PDF, pdftoppm",
    "00000018667479706372782000000000, a CR3 of a camera, magick",
    "50360A, a PPM, magick"
  })
  void shouldNameFormatsThatAreNotRead(String start, String name, String command)
      throws IOException {
    byte[] file = java.util.HexFormat.of().parseHex(start);
    assertRefused(java.util.Arrays.copyOf(file, 200), "got " + name + "; \"" + command);
  }

  @Test
  void shouldNameKindsOfJpegThatAreNotRead() {
    byte[] jpeg = TestPictures.jpeg(12, 9);
    int frame = 2;
    while ((jpeg[frame + 1] & 0xff) != 0xc0) {
      frame += 2 + (jpeg[frame + 2] & 0xff) * 256 + (jpeg[frame + 3] & 0xff);
    }
    byte[] deep = jpeg.clone();
    deep[frame + 4] = 12;
    assertRefused(deep, "a JPEG must be of 8 bits, got 12 bits; \"magick");
    byte[] other = jpeg.clone();
    other[frame + 1] = (byte) 0xf7;
    assertRefused(other, "got a JPEG-LS; \"magick");
  }

  @Test
  void shouldPutAGifsPictureOnItsScreen() {
    // Ten by nine of the second colour, and on it eight by eight of the first, coded by hand.
    ByteBuffer gif = ByteBuffer.allocate(13 + 6 + 10 + 1 + 131).order(ByteOrder.LITTLE_ENDIAN);
    gif.put("GIF89a".getBytes(StandardCharsets.US_ASCII)).putShort((short) 10).putShort((short) 9);
    gif.put(new byte[] {(byte) 0x80, 1, 0}).put(new byte[] {10, 20, 30, 40, 50, 60});
    gif.put((byte) ',').putShort((short) 2).putShort((short) 1).putShort((short) 8);
    gif.putShort((short) 8).put((byte) 0).put((byte) 7);
    // Codes of eight bits: clear, a place, and again, so that they never grow.
    gif.put((byte) 129);
    for (int i = 0; i < 64; i++) {
      gif.put((byte) 0x80).put((byte) 0);
    }
    gif.put((byte) 0x81).put((byte) 0);
    byte[] file = java.util.Arrays.copyOf(gif.array(), gif.position());
    Image image = Image.decode(file);
    assertEquals(10, image.width());
    assertEquals(40, image.value(0, 0, 0));
    assertEquals(10, image.value(2, 1, 0));
    assertEquals(20, image.value(9, 1, 1));
    Image alpha = java.util.Objects.requireNonNull(image.alpha());
    assertEquals(0, alpha.value(1, 1, 0));
    assertEquals(255, alpha.value(2, 1, 0));
  }

  @Test
  void shouldNameWhatHasNoDecoderHere() {
    assumeFalse(
        CodedPictures.decodes(StillDecoder.Coding.JPEG_2000), "a decoder is on the class path");
    byte[] stream = new byte[60];
    ByteBuffer.wrap(stream).putInt(0xff4fff51).putInt(0).putInt(8).putInt(8);
    ByteBuffer.wrap(stream).putShort(40, (short) 1).put(42, (byte) 7);
    assertRefused(stream, "JPEG 2000 must have a decoder on the class path");
  }

  private Path write(String name, byte[] contents) throws IOException {
    return Files.write(folder.resolve(name), contents);
  }

  private static void assertRefused(byte[] file, String part) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> Image.decode(file), part);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(part), message);
    assertEquals(1, message.lines().count(), message);
  }
}
