package dev.quicklime.internal.opencv;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.opencv.SlicSuperpixels.Algorithm;
import java.util.SplittableRandom;

/**
 * Runs superpixels over sizes, regions and weights at and past the edges of what the native code
 * stands. A program of its own: what it looks for is the death of the process.
 */
final class SlicSweep {
  private static final int ROUNDS = 24_000;
  private static final float[] COMPACTNESS = {
    0f,
    -1f,
    Float.MIN_VALUE,
    1e-30f,
    0.001f,
    1f,
    10f,
    1e6f,
    1e30f,
    Float.MAX_VALUE,
    Float.NaN,
    Float.POSITIVE_INFINITY
  };
  private static final int[] CHANNELS = {1, 2, 3, 5};

  private SlicSweep() {}

  public static void main(String[] arguments) {
    SplittableRandom random = new SplittableRandom(7);
    int ran = 0;
    int refused = 0;
    for (int round = 0; ran < ROUNDS; round++) {
      // Every size from 1×1 to 64×64 comes up, small ones more often: that is where the edges are.
      int width = round < 4096 ? 1 + round % 64 : 1 + random.nextInt(1 + random.nextInt(64));
      int height = round < 4096 ? 1 + round / 64 : 1 + random.nextInt(1 + random.nextInt(64));
      int channels = CHANNELS[random.nextInt(CHANNELS.length)];
      int shorter = Math.min(width, height);
      int region =
          switch (random.nextInt(8)) {
            case 0 -> 1;
            case 1 -> shorter;
            case 2 -> random.nextInt(-2, 200);
            case 3 -> Integer.MAX_VALUE - random.nextInt(3);
            default -> 1 + random.nextInt(shorter);
          };
      float compactness = COMPACTNESS[random.nextInt(COMPACTNESS.length)];
      Algorithm algorithm = random.nextBoolean() ? Algorithm.SLIC : Algorithm.SLICO;
      float[] features = picture(random, width * height * channels);
      try {
        int[] labels =
            SlicSuperpixels.labels(
                features, width, height, channels, algorithm, region, compactness, 2);
        for (int label : labels) {
          if (label < 0 || label >= labels.length) {
            throw new IllegalStateException("label " + label + " on " + labels.length + " pixels");
          }
        }
        ran++;
      } catch (InvalidInputException e) {
        refused++;
      }
    }
    System.out.println("ran=" + ran + " refused=" + refused);
  }

  private static float[] picture(SplittableRandom random, int length) {
    float[] pixels = new float[length];
    int kind = random.nextInt(3);
    for (int i = 0; i < length; i++) {
      pixels[i] =
          switch (kind) {
            case 0 -> 50;
            case 1 -> (float) random.nextDouble(0, 100);
            default -> random.nextInt(16) == 0 ? Float.MAX_VALUE : -Float.MAX_VALUE;
          };
    }
    return pixels;
  }
}
