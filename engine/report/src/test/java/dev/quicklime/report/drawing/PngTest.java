package dev.quicklime.report.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.image.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngTest {

  private static int[] colours(int count, IntUnaryOperator colour) {
    int[] rgb = new int[count];
    for (int i = 0; i < count; i++) {
      rgb[i] = colour.applyAsInt(i) & 0xffffff;
    }
    return rgb;
  }

  private static void assertKept(int width, int height, IntUnaryOperator colour)
      throws IOException {
    int[] rgb = colours(width * height, colour);
    byte[] png = Png.encode(width, height, rgb);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
    assertEquals(width, read.getWidth());
    assertEquals(height, read.getHeight());
    int[] kept = colours(rgb.length, i -> read.getRGB(i % width, i / width));
    assertArrayEquals(rgb, kept, width + "×" + height);
  }

  @Test
  void shouldKeepEveryColourWhateverTheFilter() throws IOException {
    Random random = new Random(7);
    int[][] sizes = {{1, 1}, {1, 9}, {9, 1}, {2, 3}, {7, 5}, {33, 17}, {300, 200}};
    for (int[] size : sizes) {
      assertKept(size[0], size[1], _ -> random.nextInt());
      assertKept(size[0], size[1], _ -> 0);
      assertKept(size[0], size[1], i -> i * 0x010101);
      assertKept(size[0], size[1], i -> i / size[0] * 0x030201);
      assertKept(size[0], size[1], i -> (i % size[0] + i / size[0]) * 0x020103);
    }
  }

  private static int[] argb(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  @Test
  void shouldKeepOpacityWhateverTheNumberOfColours() throws IOException {
    Random random = new Random(11);
    for (int colours : new int[] {1, 2, 3, 4, 5, 16, 17, 255, 256, 257, 900}) {
      int[] table = random.ints(colours).toArray();
      BufferedImage image = new BufferedImage(37, 29, BufferedImage.TYPE_INT_ARGB);
      for (int i = 0; i < 37 * 29; i++) {
        image.setRGB(i % 37, i / 37, table[i % colours]);
      }
      byte[] png = Png.encode(image);
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
      assertArrayEquals(argb(image), argb(read), colours + " colours");
      // Of the header: the format's number for a table of colours, up to as many as that can have.
      assertEquals(colours <= 256 ? 3 : 6, png[25], colours + " colours");
    }
  }

  @Test
  void shouldWriteWhatOtherDecodersRead() {
    Random random = new Random(13);
    for (int levels : new int[] {2, 200, 1 << 24}) {
      int[] rgb = colours(64 * 48, _ -> random.nextInt(levels) * (levels == 200 ? 0x010101 : 1));
      Image read = Image.decode(Png.encode(64, 48, rgb));
      assertArrayEquals(
          rgb,
          colours(
              rgb.length,
              i ->
                  (int) read.value(i % 64, i / 64, 0) << 16
                      | (int) read.value(i % 64, i / 64, 1) << 8
                      | (int) read.value(i % 64, i / 64, 2)));
    }
  }

  @Test
  void shouldFilterSmoothPictures() {
    int side = 256;
    int[] ramp =
        colours(side * side, i -> (i % side + 2 * (i / side)) / 3 * 0x010000 + i / side * 0x000101);
    assertTrue(Png.encode(side, side, ramp).length < side * side / 10);
  }
}
