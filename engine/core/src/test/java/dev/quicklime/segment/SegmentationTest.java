package dev.quicklime.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentationTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void shouldCutPicturesOfAnyNumberOfChannelsIntoAboutTheCountAsked(int channels) {
    Image bytes = blobs(120, 90, channels);
    Image floats = Image.ofFloat(120, 90, channels, bytes.toFloats());
    for (int wanted : new int[] {20, 50, 100}) {
      for (Segmenter segmenter : List.of(Slic.of(wanted), Slico.of(wanted))) {
        SegmentMap map = Segmentation.segment(bytes, segmenter);
        assertEquals(wanted, map.count(), wanted * 0.2 + 2, segmenter + ", channels " + channels);
        assertEquals(map, Segmentation.segment(floats, segmenter), "floats of the same values");
        assertEquals(map, Segmentation.segment(bytes, segmenter), "the same again");
      }
    }
  }

  @Test
  void shouldGiveConnectedSuperpixels() {
    for (Segmenter segmenter : List.of(Slic.of(60), Slico.of(60))) {
      SegmentMap map = Segmentation.segment(blobs(100, 100, 3), segmenter);
      assertEquals(map.count(), components(map), segmenter.toString());
    }
  }

  @Test
  void shouldFollowAnEdgeInTheColours() {
    byte[] pixels = new byte[60 * 60 * 3];
    for (int i = 0; i < 3600; i++) {
      // The edge is slanted, so that no grid of squares follows it.
      boolean left = i % 60 < 20 + i / 60 / 3;
      pixels[3 * i] = (byte) (left ? 255 : 0);
      pixels[3 * i + 2] = (byte) (left ? 0 : 255);
    }
    SegmentMap map = Segmentation.segment(Image.of8(60, 60, 3, pixels), Slic.of(16));
    int[][] sides = new int[map.count()][2];
    for (int y = 0; y < 60; y++) {
      for (int x = 0; x < 60; x++) {
        sides[map.label(x, y)][x < 20 + y / 3 ? 0 : 1]++;
      }
    }
    int stray = 0;
    for (int[] side : sides) {
      stray += Math.min(side[0], side[1]);
    }
    assertTrue(stray < 60, "pixels on the wrong side of the edge: " + stray);
  }

  @ParameterizedTest
  @CsvSource({
    "8,8,64",
    "8,8,2",
    "9,200,2",
    "300,8,4",
    "8,8,60",
    "64,64,4096",
    "37,53,7",
    "224,224,4096"
  })
  void shouldAlwaysGiveAtLeastTwoSuperpixels(int width, int height, int wanted) {
    for (Segmenter segmenter : List.of(new Slic(wanted, 10, 2), new Slico(wanted, 2))) {
      SegmentMap map = Segmentation.segment(blobs(width, height, 3), segmenter);
      assertTrue(map.count() >= 2, segmenter + " gave " + map);
      assertEquals(width, map.width());
      assertEquals(height, map.height());
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "2,2", "3,1", "1,8"})
  void shouldRefusePicturesSmallerThanTwoSuperpixels(int width, int height) {
    Image image = Image.of8(width, height, 1, new byte[width * height]);
    for (Segmenter segmenter : List.of(Slic.of(2), Slico.of(2), Slic.of(100))) {
      assertThrows(
          InvalidInputException.class,
          () -> Segmentation.segment(image, segmenter),
          segmenter.toString());
    }
  }

  @Test
  void shouldRefuseMoreSegmentsThanPixels() {
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> Segmentation.segment(blobs(10, 10, 1), Slic.of(101)));
    assertEquals("segments must be at most the picture's pixels, 10×10, got 101", e.getMessage());
  }

  @Test
  void shouldTakeExtremeWeightsAndValues() {
    float[] wild = new float[40 * 30];
    for (int i = 0; i < wild.length; i++) {
      wild[i] = i % 2 == 0 ? Float.MAX_VALUE : -Float.MAX_VALUE;
    }
    for (double compactness : new double[] {0.001, 1_000_000}) {
      SegmentMap map = Segmentation.segment(blobs(40, 30, 3), new Slic(12, compactness, 5));
      assertTrue(map.count() >= 2);
    }
    assertTrue(Segmentation.segment(Image.ofFloat(40, 30, 1, wild), Slic.of(12)).count() >= 2);
  }

  @Test
  void shouldCutTilesThatDifferByAtMostOnePixelASide() {
    SegmentMap map = Segmentation.segment(blobs(10, 7, 1), new Tiles(3, 4));
    assertEquals(12, map.count());
    assertEquals(0, map.label(0, 0));
    assertEquals(3, map.label(9, 0));
    assertEquals(11, map.label(9, 6));
    for (int area : map.areas()) {
      assertTrue(area >= 2 * 2 && area <= 3 * 3, "area " + area);
    }
    int[] square = Segmentation.segment(blobs(4, 4, 1), new Tiles(2, 2)).labels();
    assertArrayEquals(new int[] {0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3}, square);
  }

  @Test
  void shouldRefuseTilesSmallerThanAPixel() {
    assertThrows(
        InvalidInputException.class, () -> Segmentation.segment(blobs(10, 7, 1), new Tiles(8, 2)));
  }

  @Test
  void shouldTakeAGivenMapOfThePicturesSizeOnly() {
    SegmentMap map = SegmentMap.of(4, 2, new int[] {0, 0, 1, 1, 0, 0, 1, 1});
    assertSame(map, Segmentation.segment(blobs(4, 2, 1), new GivenSegments(map)));
    assertThrows(
        InvalidInputException.class,
        () -> Segmentation.segment(blobs(2, 4, 1), new GivenSegments(map)));
  }

  @Test
  void shouldRefuseSegmentersOutOfRange() {
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> Slic.of(1));
    assertEquals("segments must be between 2 and 4096, got 1", e.getMessage());
    assertThrows(InvalidInputException.class, () -> Slico.of(4097));
    assertThrows(InvalidInputException.class, () -> new Slic(50, Double.NaN, 10));
    assertThrows(InvalidInputException.class, () -> new Slic(50, 0, 10));
    assertThrows(InvalidInputException.class, () -> new Slic(50, Double.POSITIVE_INFINITY, 10));
    assertThrows(InvalidInputException.class, () -> new Slic(50, 10, 0));
    assertThrows(InvalidInputException.class, () -> new Slico(50, 1001));
    assertThrows(InvalidInputException.class, () -> new Tiles(1, 1));
    assertThrows(InvalidInputException.class, () -> new Tiles(0, 5));
    assertThrows(InvalidInputException.class, () -> new Tiles(65536, 65536));
    SegmentMap one = SegmentMap.of(2, 1, new int[2]);
    assertThrows(InvalidInputException.class, () -> new GivenSegments(one));
  }

  /** Smooth shapes with a little noise. */
  static Image blobs(int width, int height, int channels) {
    SplittableRandom random = new SplittableRandom(11);
    byte[] pixels = new byte[width * height * channels];
    for (int i = 0; i < pixels.length; i++) {
      int x = i / channels % width;
      int y = i / channels / width;
      double wave = Math.sin(x * 0.11 + i % channels) + Math.cos(y * 0.13);
      pixels[i] = (byte) (128 + 50 * wave + random.nextInt(9));
    }
    return Image.of8(width, height, channels, pixels);
  }

  private static int components(SegmentMap map) {
    boolean[] seen = new boolean[map.width() * map.height()];
    int count = 0;
    Deque<Integer> open = new ArrayDeque<>();
    for (int start = 0; start < seen.length; start++) {
      if (seen[start]) {
        continue;
      }
      count++;
      seen[start] = true;
      open.add(start);
      while (!open.isEmpty()) {
        int at = open.remove();
        int x = at % map.width();
        int y = at / map.width();
        for (int[] step : new int[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
          int nextX = x + step[0];
          int nextY = y + step[1];
          if (nextX < 0 || nextY < 0 || nextX >= map.width() || nextY >= map.height()) {
            continue;
          }
          int next = nextY * map.width() + nextX;
          if (!seen[next] && map.label(nextX, nextY) == map.label(x, y)) {
            seen[next] = true;
            open.add(next);
          }
        }
      }
    }
    return count;
  }
}
