package dev.quicklime.internal.kernel;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The species all vector kernels use: the machine's preferred width, or that of {@code
 * -Ddev.quicklime.vectorBits}. They must be static finals, since a species from anywhere else boxes
 * every vector.
 */
final class VectorWidth {

  static final String PROPERTY = "dev.quicklime.vectorBits";

  private static final VectorShape SHAPE = shape(System.getProperty(PROPERTY));

  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);
  static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
  static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, SHAPE);
  static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SHAPE);

  private VectorWidth() {}

  static int bits() {
    return SHAPE.vectorBitSize();
  }

  private static VectorShape shape(@Nullable String bits) {
    if (bits == null) {
      return IntVector.SPECIES_PREFERRED.vectorShape();
    }
    return switch (bits) {
      case "128", "256", "512" -> VectorShape.forBitSize(Integer.parseInt(bits));
      default ->
          throw new IllegalArgumentException(PROPERTY + " must be 128, 256 or 512, got " + bits);
    };
  }
}
