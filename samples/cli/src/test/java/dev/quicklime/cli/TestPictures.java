package dev.quicklime.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Good pictures and bad ones. */
public final class TestPictures {

  private TestPictures() {}

  /** A picture whose colours run with its coordinates, in the format of its name. */
  public static Path write(Path file, int width, int height) throws IOException {
    String name = String.valueOf(file.getFileName());
    return Files.write(file, encode(name.substring(name.lastIndexOf('.') + 1), width, height));
  }

  /** The first bytes of a picture. */
  public static Path writeHalf(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    byte[] whole = encode(name.substring(name.lastIndexOf('.') + 1), 64, 48);
    return Files.write(file, Arrays.copyOf(whole, whole.length / 2));
  }

  /** A PNG that claims to be of 100000×100000 pixels. */
  public static Path writeBomb(Path file) throws IOException {
    byte[] png = encode("png", 64, 48);
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, 100_000).putInt(20, 100_000);
    CRC32 sum = new CRC32();
    sum.update(png, 12, 17);
    header.putInt(29, (int) sum.getValue());
    return Files.write(file, png);
  }

  private static byte[] encode(String format, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, (255 * x / width) << 16 | (255 * y / height) << 8 | (x * y % 256));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IOException("no writer for " + format);
    }
    return bytes.toByteArray();
  }
}
