package dev.quicklime.internal.opencv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.opencv.SlicSuperpixels.Algorithm;
import dev.quicklime.testkit.ForkedJvm;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.opencv.global.opencv_core;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlicSuperpixelsTest {
  @Test
  void shouldSurviveEverySizeRegionAndCompactness() throws Exception {
    ForkedJvm sweep = ForkedJvm.run(SlicSweep.class.getName(), List.of(), 300);
    assertEquals(0, sweep.exitCode(), () -> sweep.out() + sweep.err());
    Matcher summary = Pattern.compile("ran=(\\d+) refused=(\\d+)").matcher(sweep.out());
    assertTrue(summary.find(), sweep::out);
    assertTrue(Integer.parseInt(summary.group(1)) >= 20_000, sweep::out);
    assertTrue(Integer.parseInt(summary.group(2)) >= 1_000, sweep::out);
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void shouldRefuseARegionWithoutASeed(Algorithm algorithm) {
    float[] features = new float[10 * 20];
    assertThrows(
        InvalidInputException.class,
        () -> SlicSuperpixels.labels(features, 10, 20, 1, algorithm, 11, 10, 1));
    assertThrows(
        InvalidInputException.class,
        () -> SlicSuperpixels.labels(features, 10, 20, 1, algorithm, 0, 10, 1));
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void shouldNotDependOnTheNumberOfThreads(Algorithm algorithm) {
    float[] features = noise(97 * 61 * 3);
    int threads = opencv_core.getNumThreads();
    try {
      opencv_core.setNumThreads(1);
      int[] one = SlicSuperpixels.labels(features, 97, 61, 3, algorithm, 9, 10, 10);
      opencv_core.setNumThreads(7);
      int[] seven = SlicSuperpixels.labels(features, 97, 61, 3, algorithm, 9, 10, 10);
      assertArrayEquals(one, seven);
    } finally {
      opencv_core.setNumThreads(threads);
    }
  }

  @Test
  void shouldGiveAGrayPictureTheFeaturesOfTheSamePictureInRgb() {
    float[] gray = new float[16 * 12];
    float[] rgb = new float[gray.length * 3];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = i % 256;
      rgb[3 * i] = rgb[3 * i + 1] = rgb[3 * i + 2] = gray[i];
    }
    assertArrayEquals(
        SlicSuperpixels.features(rgb, 16, 12, 3), SlicSuperpixels.features(gray, 16, 12, 1));
  }

  @Test
  void shouldPutBlackAndWhiteAHundredApartWhateverTheChannels() {
    for (int channels : new int[] {1, 2, 3, 5, 9}) {
      float[] black = new float[9 * channels];
      float[] white = new float[9 * channels];
      java.util.Arrays.fill(white, 255f);
      float[] from = SlicSuperpixels.features(black, 3, 3, channels);
      float[] to = SlicSuperpixels.features(white, 3, 3, channels);
      double sum = 0;
      for (int c = 0; c < from.length / 9; c++) {
        sum += Math.pow(to[c] - from[c], 2);
      }
      assertEquals(100, Math.sqrt(sum), 0.01, channels + " channels");
    }
  }

  private static float[] noise(int length) {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(0, 100);
    }
    return values;
  }
}
