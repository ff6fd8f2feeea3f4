package dev.quicklime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PreprocessingTest {
  private static final Preprocessing GRAY =
      Preprocessing.imageNet().withNormalization(List.of(0.5), List.of(0.5));

  @Test
  void shouldLeaveAPictureOfTheRightShapeUntouched() {
    Image image = Image.of8(224, 224, 3, new byte[224 * 224 * 3]);
    assertSame(image, Preprocessing.imageNet().fit(image));
  }

  @Test
  void shouldAverageWhenShrinking() {
    Image image = Image.of8(4, 2, 1, new byte[] {10, 20, 50, 60, 30, 40, 70, 80});
    Image small = GRAY.withSize(2, 1).withInterpolation(Interpolation.AREA).fit(image);
    assertArrayEquals(new byte[] {25, 65}, small.toBytes());
  }

  @Test
  void shouldAverageOneAxisAndInterpolateTheOther() {
    Image image = Image.ofFloat(4, 1, 1, new float[] {10, 20, 50, 60});
    Image other = GRAY.withSize(2, 3).withInterpolation(Interpolation.AREA).fit(image);
    assertArrayEquals(new float[] {15, 55, 15, 55, 15, 55}, other.toFloats(), 1e-4f);
  }

  @Test
  void shouldInterpolateWhenEnlarging() {
    Image image = Image.ofFloat(2, 1, 1, new float[] {0, 100});
    Image large = GRAY.withSize(4, 1).fit(image);
    assertArrayEquals(new float[] {0, 25, 75, 100}, large.toFloats(), 1e-4f);
  }

  @Test
  void shouldPadTheShortSideWithGray() {
    Image image = Image.of8(4, 2, 1, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    Preprocessing pad = GRAY.withSize(4, 4).withResize(Resize.PAD);
    byte gray = (byte) 128;
    assertArrayEquals(
        new byte[] {gray, gray, gray, gray, 1, 2, 3, 4, 5, 6, 7, 8, gray, gray, gray, gray},
        pad.fit(image).toBytes());
    assertEquals(new Placement(1, 1, 0, 1), pad.placement(4, 2));
  }

  @Test
  void shouldCropTheMiddleOfTheLongSide() {
    Image image = Image.of8(4, 2, 1, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    Preprocessing crop = GRAY.withSize(2, 2).withResize(Resize.CROP);
    assertArrayEquals(new byte[] {2, 3, 6, 7}, crop.fit(image).toBytes());
    assertEquals(new Placement(1, 1, -1, 0), crop.placement(4, 2));
    assertEquals(-1, crop.placement(4, 2).inputX(0));
    assertEquals(2, crop.placement(4, 2).inputX(3));
  }

  @ParameterizedTest
  @EnumSource(Resize.class)
  void shouldPutEveryPictureWhereItsPlacementSays(Resize resize) {
    // A ramp along each axis tells from its value where a pixel came from.
    int width = 60;
    int height = 40;
    float[] ramp = new float[width * height * 2];
    for (int i = 0; i < width * height; i++) {
      ramp[2 * i] = i % width + 0.5f;
      int row = i / width;
      ramp[2 * i + 1] = row + 0.5f;
    }
    Preprocessing to =
        GRAY.withNormalization(List.of(0.0, 0.0), List.of(1.0, 1.0))
            .withSize(90, 90)
            .withResize(resize);
    Image fitted = to.fit(Image.ofFloat(width, height, 2, ramp));
    Placement placement = to.placement(width, height);
    int seen = 0;
    for (int y = 4; y < height - 4; y++) {
      for (int x = 4; x < width - 4; x++) {
        int inputX = placement.inputX(x);
        int inputY = placement.inputY(y);
        if (inputX >= 2 && inputX < 88 && inputY >= 2 && inputY < 88) {
          seen++;
          double sourceX = (inputX + 0.5 - placement.offsetX()) / placement.scaleX();
          double sourceY = (inputY + 0.5 - placement.offsetY()) / placement.scaleY();
          assertEquals(sourceX, fitted.value(inputX, inputY, 0), 1e-2);
          assertEquals(sourceY, fitted.value(inputX, inputY, 1), 1e-2);
        }
      }
    }
    assertTrue(seen > 1000, "pixels compared: " + seen);
  }

  @ParameterizedTest
  @CsvSource({"100000,8", "8,100000", "1,1", "1,5000", "3,2"})
  void shouldFitPicturesOfAnyShape(int width, int height) {
    byte[] pixels = new byte[width * height];
    Arrays.fill(pixels, (byte) 77);
    Image image = Image.of8(width, height, 1, pixels);
    for (Resize resize : Resize.values()) {
      Preprocessing to = GRAY.withSize(32, 24).withResize(resize);
      Image fitted = to.fit(image);
      Placement middle = to.placement(width, height);
      assertEquals(32, fitted.width());
      assertEquals(24, fitted.height());
      int x = middle.inputX((width - 1) / 2);
      int y = middle.inputY((height - 1) / 2);
      assertEquals(77, fitted.value(x, y, 0), resize.name());
    }
  }

  @Test
  void shouldFitMoreChannelsThanAreScaledAtOnce() {
    for (int channels : new int[] {2, 5, 13}) {
      float[] values = new float[8 * 8 * channels];
      byte[] bytes = new byte[values.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = i % channels;
        bytes[i] = (byte) (i % channels);
      }
      List<Double> ones = java.util.Collections.nCopies(channels, 1.0);
      Preprocessing to = GRAY.withNormalization(ones, ones).withSize(3, 20);
      Image floats = to.fit(Image.ofFloat(8, 8, channels, values));
      Image whole = to.fit(Image.of8(8, 8, channels, bytes));
      for (int c = 0; c < channels; c++) {
        assertEquals(c, floats.value(2, 19, c), 1e-4);
        assertEquals(c, whole.value(2, 19, c));
      }
    }
  }

  @Test
  void shouldRepeatGrayForAModelInColours() {
    Image gray = Image.of8(8, 8, 1, new byte[64]).withNotice("before");
    Image fitted = Preprocessing.imageNet().withSize(8, 8).fit(gray);
    assertEquals(3, fitted.channels());
    assertEquals(
        List.of("before", "one channel repeated as red, green and blue"), fitted.notices());
  }

  @Test
  void shouldTurnColoursToLumaForAModelInGray() {
    Image red = Image.of8(1, 1, 3, new byte[] {(byte) 200, 100, 50});
    Image fitted = GRAY.withSize(1, 1).fit(red);
    assertEquals(124, fitted.value(0, 0, 0)); // 59.8 + 58.7 + 5.7
    assertEquals(1, fitted.notices().size());
  }

  @Test
  void shouldNameBothCountsWhereChannelsCannotBeMatched() {
    Image five = Image.of8(8, 8, 5, new byte[320]);
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> Preprocessing.imageNet().fit(five));
    assertTrue(e.toString().contains("the model takes 3, the picture has 5"), e.toString());
  }

  @Test
  void shouldRefuseNumbersThatNoModelHas() {
    Preprocessing p = Preprocessing.imageNet();
    List<Double> three = List.of(1.0, 1.0, 1.0);
    assertThrows(InvalidInputException.class, () -> p.withWidth(0));
    assertThrows(InvalidInputException.class, () -> p.withHeight(16385));
    assertThrows(InvalidInputException.class, () -> p.withStd(List.of(1.0, 0.0, 1.0)));
    assertThrows(InvalidInputException.class, () -> p.withStd(List.of(1.0, Double.NaN, 1.0)));
    assertThrows(InvalidInputException.class, () -> p.withStd(List.of(1.0)));
    assertThrows(
        InvalidInputException.class,
        () -> p.withMean(List.of(Double.NaN, 1.0, 1.0)).withStd(three));
    assertThrows(InvalidInputException.class, () -> p.withNormalization(List.of(), List.of()));
    assertThrows(InvalidInputException.class, () -> p.placement(0, 5));
  }
}
