package dev.quicklime.testkit;

import dev.quicklime.cam.CamInput;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Pictures and videos of noise. */
public final class Inputs {

  private Inputs() {}

  public static CamInput of(long seed, int... shape) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return CamInput.of(values, shape);
  }

  public static CamInput of(Miniature miniature, int count) {
    int[] shape = new int[2 + miniature.places().size()];
    shape[0] = count;
    shape[1] = 3;
    for (int i = 2; i < shape.length; i++) {
      shape[i] = miniature.places().get(i - 2);
    }
    return of(7, shape);
  }

  /** One of a batch. */
  static CamInput one(CamInput batch, int index) {
    int[] shape = batch.shape();
    int length = batch.values().length / shape[0];
    shape[0] = 1;
    return CamInput.of(
        Arrays.copyOfRange(batch.values(), index * length, (index + 1) * length), shape);
  }
}
