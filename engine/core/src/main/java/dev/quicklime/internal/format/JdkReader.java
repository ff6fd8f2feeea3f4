package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Readers of pictures that the JDK has. */
public final class JdkReader {
  private JdkReader() {}

  /**
   * The first picture of a file.
   *
   * @param format as the JDK calls it, "tiff", "bmp" or "gif"
   * @throws InvalidInputException if the file is damaged
   */
  public static BufferedImage read(String format, byte[] file) {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    try {
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)), false, true);
      return reader.read(0);
    } catch (IOException | RuntimeException e) {
      // The readers meet damaged data with whatever exception they run into.
      throw new InvalidInputException(
          "a %s must be complete and of a kind that can be read, got damaged data%s"
              .formatted(
                  format.toUpperCase(Locale.ROOT),
                  e instanceof IOException && e.getMessage() != null ? ": " + e.getMessage() : ""),
          e);
    } finally {
      reader.dispose();
    }
  }
}
