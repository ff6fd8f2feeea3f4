package dev.quicklime.tabular;

import dev.quicklime.InvalidInputException;
import java.util.SplittableRandom;
import org.hipparchus.random.SobolSequenceGenerator;

/** Points in the open unit cube, one after the other. For one thread. */
sealed interface Uniforms permits Uniforms.Independent, Uniforms.ShiftedSobol {

  /** Most dimensions that the library's direction numbers are made for. */
  int MOST_SOBOL = 1000;

  /** Fills in the next point, each coordinate above 0 and below 1. */
  void next(double[] point);

  /** Points as a design draws them. */
  static Uniforms of(TabularDesign design, int dimensions, long seed) {
    return switch (design) {
      case GAUSSIAN, ANTITHETIC -> new Independent(seed);
      case SOBOL -> new ShiftedSobol(dimensions, seed);
    };
  }

  /** Independent coordinates. */
  final class Independent implements Uniforms {

    private final SplittableRandom random;

    Independent(long seed) {
      random = new SplittableRandom(seed);
    }

    @Override
    public void next(double[] point) {
      for (int j = 0; j < point.length; j++) {
        point[j] = ((random.nextLong() >>> 11) + 0.5) * 0x1p-53;
      }
    }
  }

  /**
   * A Sobol sequence whose binary digits are flipped, the same ones in all points, by coin tosses:
   * each point is then uniform, and all together are as even as before.
   */
  final class ShiftedSobol implements Uniforms {

    private static final int BITS = 52;

    private final SobolSequenceGenerator points;
    private final long[] shift;

    ShiftedSobol(int dimensions, long seed) {
      if (dimensions > MOST_SOBOL) {
        throw new InvalidInputException(
            "design sobol takes at most %s features that vary, got %s"
                .formatted(MOST_SOBOL, dimensions));
      }
      points = new SobolSequenceGenerator(dimensions);
      SplittableRandom random = new SplittableRandom(seed);
      shift = new long[dimensions];
      for (int j = 0; j < dimensions; j++) {
        shift[j] = random.nextLong() >>> (Long.SIZE - BITS);
      }
    }

    @Override
    public void next(double[] point) {
      double[] sobol = points.nextVector();
      for (int j = 0; j < point.length; j++) {
        long bits = (long) (sobol[j] * 0x1p52) ^ shift[j];
        point[j] = (bits + 0.5) * 0x1p-52;
      }
    }
  }
}
