package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.TestPictures.Tiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads files that are broken in many ways; a program of its own, because what it writes to the
 * error stream counts.
 */
final class BrokenPictures {
  private BrokenPictures() {}

  public static void main(String[] arguments) throws IOException {
    byte[] rgb = TestPictures.rgb(32, 24);
    Map<String, byte[]> whole = new LinkedHashMap<>();
    whole.put("png", TestPictures.png(32, 24, 8, 2, rgb));
    whole.put("jpg", TestPictures.jpeg(32, 24));
    whole.put("webp", TestPictures.webp(32, 24));
    whole.put("bmp", TestPictures.bmp(32, 24));
    whole.put("tif", Tiff.of8(32, 24, 3).file(rgb));
    Path file = Files.createTempFile("quicklime", ".picture");
    int refused = 0;
    try {
      for (Map.Entry<String, byte[]> format : whole.entrySet()) {
        byte[] picture = format.getValue();
        for (int length = 0; length < picture.length - 4; length += 7) {
          refused += refused(file, Arrays.copyOf(picture, length));
        }
        // Damage inside a JPEG's compressed data is no error to its decoder, which complains by
        // itself.
        int end = format.getKey().equals("jpg") ? 160 : picture.length;
        for (int at = 0; at < end; at += 3) {
          byte[] damaged = picture.clone();
          damaged[at] ^= 0x5a;
          refused += refused(file, damaged);
        }
      }
      byte[] profile = TestPictures.chunk("iCCP", new byte[] {'x', 0, 0, 1, 2, 3});
      refused += refused(file, TestPictures.png(32, 24, 8, 2, rgb, profile));
    } finally {
      Files.delete(file);
    }
    System.out.println("refused=" + refused);
  }

  private static int refused(Path file, byte[] contents) throws IOException {
    Files.write(file, contents);
    try {
      ImageFiles.read(file);
      return 0;
    } catch (InvalidInputException e) {
      return 1;
    }
  }
}
