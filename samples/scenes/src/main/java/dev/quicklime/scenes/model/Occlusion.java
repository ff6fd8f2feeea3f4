package dev.quicklime.scenes.model;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Hides random parts of training pictures, the way an explainer hides superpixels, and says how
 * much of the figure is left. A network that has never seen filled parts takes them for evidence;
 * one that has learns to be as sure as what it sees of the figure allows.
 */
final class Occlusion {

  /**
   * Under this visible share a picture says nothing of its class; above the other one it says all.
   */
  private static final double NOTHING = 0.05;

  private static final double EVERYTHING = 0.7;

  private final int side;
  private final SplittableRandom random;
  private final int[] part;

  Occlusion(int side, SplittableRandom random) {
    this.side = side;
    this.random = random;
    this.part = new int[side * side];
  }

  /**
   * Fills parts of a picture, or none.
   *
   * @param rgb levels 0 to 255 by row, column and channel, changed in place
   * @param figure where the figure is
   * @return how sure a classifier may be of the class, 0 to 1
   */
  double apply(float[] rgb, boolean[] figure) {
    if (random.nextInt(3) == 0) {
      return 1;
    }
    int parts = random.nextBoolean() ? tiles() : cells();
    boolean[] hidden = new boolean[parts];
    double share = random.nextDouble(0.1, 0.95);
    for (int i = 0; i < parts; i++) {
      hidden[i] = random.nextDouble() < share;
    }
    float[][] fill = fill(rgb, parts);
    int inside = 0;
    int visible = 0;
    for (int i = 0; i < part.length; i++) {
      inside += figure[i] ? 1 : 0;
      visible += figure[i] && !hidden[part[i]] ? 1 : 0;
      if (hidden[part[i]]) {
        System.arraycopy(fill[part[i]], 0, rgb, 3 * i, 3);
      }
    }
    return Math.clamp(((double) visible / inside - NOTHING) / (EVERYTHING - NOTHING), 0.0, 1.0);
  }

  private int tiles() {
    int count = random.nextInt(4, 13);
    for (int i = 0; i < part.length; i++) {
      part[i] = i / side * count / side * count + i % side * count / side;
    }
    return count * count;
  }

  /** Cells nearest to random points, as irregular as superpixels. */
  private int cells() {
    int count = random.nextInt(16, 110);
    double[] x = random.doubles(count, 0, side).toArray();
    double[] y = random.doubles(count, 0, side).toArray();
    for (int i = 0; i < part.length; i++) {
      int column = i % side;
      int row = i / side;
      double nearest = Double.POSITIVE_INFINITY;
      for (int c = 0; c < count; c++) {
        double dx = column - x[c];
        double dy = row - y[c];
        if (dx * dx + dy * dy < nearest) {
          nearest = dx * dx + dy * dy;
          part[i] = c;
        }
      }
    }
    return count;
  }

  private float[][] fill(float[] rgb, int parts) {
    float[][] fill = new float[parts][3];
    switch (random.nextInt(10)) {
      case 0, 1 -> means(rgb, part, fill);
      case 2 -> {
        means(rgb, new int[part.length], fill);
        Arrays.fill(fill, fill[0]);
      }
      case 3 -> {
        // Black: the zeros that are there.
      }
      case 4 -> Arrays.fill(fill, new float[] {level(), level(), level()});
      default -> Arrays.fill(fill, new float[] {128, 128, 128});
    }
    return fill;
  }

  private float level() {
    return random.nextInt(256);
  }

  private static void means(float[] rgb, int[] part, float[][] means) {
    int[] area = new int[means.length];
    for (int i = 0; i < part.length; i++) {
      area[part[i]]++;
      for (int c = 0; c < 3; c++) {
        means[part[i]][c] += rgb[3 * i + c];
      }
    }
    for (int p = 0; p < means.length; p++) {
      for (int c = 0; c < 3; c++) {
        means[p][c] /= Math.max(1, area[p]);
      }
    }
  }
}
