package dev.quicklime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What numbers of a TIFF are in, and what they are where they are labels. */
class TiffUnitsTest {
  private static final int SIDE = 8;
  private static final int FLOAT = 3;

  @TempDir Path folder;

  private static byte[] floats(int channels, float... pixel) {
    ByteBuffer out =
        ByteBuffer.allocate(SIDE * SIDE * channels * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < SIDE * SIDE; i++) {
      for (int c = 0; c < channels; c++) {
        out.putFloat(i == 0 ? 0 : pixel[c]);
      }
    }
    return out.array();
  }

  private static Image rgba(float... pixel) {
    TestTiff tiff = TestTiff.of(ByteOrder.LITTLE_ENDIAN, SIDE, SIDE, 4, 32, FLOAT);
    return Image.decode(tiff.with(338, 2).file(floats(4, pixel)));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 1", "8, 1", "16, 1", "32, 1", "8, 2", "16, 2", "32, 2"})
  void shouldTakeNumbersAsTheyAreStoredWhicheverIsWhite(int bits, int format) throws Exception {
    int row = (SIDE * bits + 7) / 8;
    ByteBuffer rows = ByteBuffer.allocate(row * SIDE + Long.BYTES);
    int most = bits == 1 ? 1 : 13;
    float[] expected = new float[SIDE * SIDE];
    for (int i = 0; i < expected.length; i++) {
      int value = i % (most + 1);
      expected[i] = value;
      int at = i / SIDE * row + i % SIDE * bits / 8;
      int shift = Integer.SIZE - bits - i % SIDE * bits % 8;
      rows.putInt(at, rows.getInt(at) | value << shift);
    }
    byte[] pixels = java.util.Arrays.copyOf(rows.array(), row * SIDE);
    for (int photometric : new int[] {1, 0}) {
      TestTiff tiff = TestTiff.of(ByteOrder.BIG_ENDIAN, SIDE, SIDE, 1, bits, format);
      Path file = folder.resolve(photometric + ".tif");
      Files.write(file, tiff.with(262, photometric).file(pixels));
      assertArrayEquals(expected, ImageFiles.readStored(file).toFloats(), "white " + photometric);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5, 127.5", "255, 255", "102, 102", "NaN, 255", "1e9, 255", "7, 255"})
  void shouldJudgeColoursAndAlphaApart(float opaque, float alpha) {
    Image image = rgba(0.2f, 0.4f, 0.6f, opaque);
    assertEquals(3, image.channels());
    assertEquals(0.4f * 255, image.value(1, 0, 1), 1e-4);
    assertEquals(
        alpha == 255 && opaque != 255,
        image.notices().stream().anyMatch(notice -> notice.contains("taken for opaque")),
        image.notices().toString());
    Image four =
        Preprocessing.imageNet()
            .withSize(SIDE, SIDE)
            .withNormalization(List.of(0.0, 0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0, 1.0))
            .fit(image);
    assertEquals(alpha, four.value(1, 0, 3), 1e-4);
  }

  @ParameterizedTest
  @ValueSource(floats = {2, 2.55f, 10, 15})
  void shouldSayThatTheUnitsOfDarkPicturesCannotBeTold(float most) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> rgba(0.5f, 1, most, 1));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("may be of 0..1 or of 0..255"), message);
    assertTrue(message.contains("maximum of " + most), message);
  }

  @Test
  void shouldNameANumberThatSinglePrecisionDoesNotHold() {
    ByteBuffer wide = ByteBuffer.allocate(SIDE * SIDE * Double.BYTES).order(ByteOrder.BIG_ENDIAN);
    wide.putDouble(8 * 9, 1e300);
    TestTiff tiff = TestTiff.of(ByteOrder.BIG_ENDIAN, SIDE, SIDE, 1, 64, FLOAT);
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> Image.decode(tiff.file(wide.array())));
    assertTrue(String.valueOf(e.getMessage()).contains("got 1.0E300 at x=1, y=1"), e.getMessage());
  }

  @Test
  void shouldSayThatAVolumeHasMoreThanOnePicture() {
    TestTiff tiff = TestTiff.of(ByteOrder.LITTLE_ENDIAN, SIDE, SIDE, 1, 8, 1);
    Image image = Image.decode(tiff.with(32997, 4).file(new byte[SIDE * SIDE * 4]));
    assertEquals(
        List.of("only the first of several pictures in the file is read"), image.notices());
  }
}
