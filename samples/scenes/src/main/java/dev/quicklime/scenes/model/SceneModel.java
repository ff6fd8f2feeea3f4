package dev.quicklime.scenes.model;

import dev.quicklime.image.Preprocessing;
import dev.quicklime.scenes.paint.SceneClass;
import java.util.Arrays;
import java.util.List;

/**
 * What the bundled classifier takes and returns: a picture of 96×96 pixels, a score for each
 * figure.
 */
public final class SceneModel {

  /** Side of the input in pixels. */
  public static final int SIDE = 96;

  private static final double MEAN = 0.5;
  private static final double STD = 0.25;

  private SceneModel() {}

  /** The input: stretched, in the order red, green, blue. */
  public static Preprocessing preprocessing() {
    return Preprocessing.imageNet()
        .withSize(SIDE, SIDE)
        .withNormalization(List.of(MEAN, MEAN, MEAN), List.of(STD, STD, STD));
  }

  /** Names of the classes, in the order of the outputs. */
  public static List<String> labels() {
    return Arrays.stream(SceneClass.values()).map(SceneClass::label).toList();
  }

  /**
   * Normalises a picture into a batch, turned or mirrored.
   *
   * @param levels 0 to 255 by row, column and channel
   * @param symmetry which of the square's 8, 0 to 7; 0 leaves it as it is
   * @param batch receives the values by channel, row and column
   * @param offset where in the batch
   */
  static void normalise(float[] levels, int symmetry, float[] batch, int offset) {
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int column = (symmetry & 1) == 0 ? x : SIDE - 1 - x;
        int row = (symmetry & 2) == 0 ? y : SIDE - 1 - y;
        int pixel = (symmetry & 4) == 0 ? row * SIDE + column : column * SIDE + row;
        for (int c = 0; c < 3; c++) {
          batch[offset + (c * SIDE + y) * SIDE + x] =
              (float) ((levels[3 * pixel + c] / 255.0 - MEAN) / STD);
        }
      }
    }
  }

  /** Unsigned bytes as numbers. */
  static float[] levels(byte[] rgb) {
    float[] levels = new float[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      levels[i] = rgb[i] & 0xff;
    }
    return levels;
  }
}
