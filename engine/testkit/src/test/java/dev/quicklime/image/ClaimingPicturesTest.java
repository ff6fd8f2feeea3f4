package dev.quicklime.image;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of some hundred bytes that announce many millions of pixels. */
class ClaimingPicturesTest {

  @TempDir Path folder;

  private void assertRefused(byte[] bytes, String part) throws IOException {
    Path file = Files.write(folder.resolve("picture"), bytes);
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> ImageFiles.read(file));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private static void chunk(ByteArrayOutputStream out, String name, byte[] payload) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + payload.length).putInt(payload.length);
    name.chars().forEach(letter -> chunk.put((byte) letter));
    chunk.put(payload);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, 4 + payload.length);
    out.writeBytes(chunk.putInt((int) crc.getValue()).array());
  }

  @Test
  void shouldRefuseAPngWhoseDataCannotBeItsPixelsBeforeARowIsMade() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    byte[] header = {0, 0, 0, 0, 0, 0, 0, 0, 16, 6, 0, 0, 0};
    ByteBuffer.wrap(header).putInt(3_000_000).putInt(8);
    chunk(png, "IHDR", header);
    Deflater deflater = new Deflater();
    deflater.setInput(new byte[1000]);
    deflater.finish();
    byte[] data = new byte[100];
    int length = deflater.deflate(data);
    deflater.end();
    chunk(png, "IDAT", Arrays.copyOf(data, length));
    chunk(png, "IEND", new byte[0]);
    assertRefused(png.toByteArray(), "too little data");
  }

  @Test
  void shouldRefuseAJpegThatIsTooShortForItsPixels() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR), "jpeg", out);
    byte[] jpeg = out.toByteArray();
    for (int i = 0; i < jpeg.length - 9; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc0) {
        ByteBuffer.wrap(jpeg).putShort(i + 5, (short) 9000).putShort(i + 7, (short) 11000);
      }
    }
    assertRefused(jpeg, "a JPEG of %d bytes must be of at most".formatted(jpeg.length));
  }
}
