package dev.quicklime.report.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  @Test
  void shouldFilterSmoothPictures() {
    int side = 256;
    int[] ramp =
        colours(side * side, i -> (i % side + 2 * (i / side)) / 3 * 0x010000 + i / side * 0x000101);
    assertTrue(Png.encode(side, side, ramp).length < side * side / 10);
  }
}
