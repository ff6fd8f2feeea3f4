package dev.quicklime.internal.kernel.machine;

import dev.quicklime.InvalidInputException;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The species all vector kernels use: the machine's preferred width, or that of {@code
 * -Ddev.quicklime.vectorBits}. They must be static finals, since a species from anywhere else boxes
 * every vector.
 */
public final class VectorWidth {

  public static final String PROPERTY = "dev.quicklime.vectorBits";

  private static final VectorShape SHAPE = shape(System.getProperty(PROPERTY));

  public static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
  public static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, SHAPE);
  public static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SHAPE);
  public static final VectorSpecies<Short> SHORTS = VectorSpecies.of(short.class, SHAPE);
  public static final VectorSpecies<Byte> BYTES = VectorSpecies.of(byte.class, SHAPE);

  private static final VectorShape TABLE_SHAPE = tableShape();

  /** For look-ups of bytes in a table of bytes. */
  public static final VectorSpecies<Byte> TABLE_BYTES = VectorSpecies.of(byte.class, TABLE_SHAPE);

  public static final VectorSpecies<Long> TABLE_LONGS = VectorSpecies.of(long.class, TABLE_SHAPE);

  private VectorWidth() {}

  public static int bits() {
    return SHAPE.vectorBitSize();
  }

  /**
   * Early AVX-512 processors cannot permute 64 bytes; the JVM then does it lane by lane, a thousand
   * times slower. They get 256 bits, for which there always is an instruction.
   */
  private static VectorShape tableShape() {
    boolean whole = SHAPE != VectorShape.S_512_BIT || CpuFlags.has("avx512vbmi");
    return whole ? SHAPE : VectorShape.S_256_BIT;
  }

  private static VectorShape shape(@Nullable String bits) {
    if (bits == null) {
      return IntVector.SPECIES_PREFERRED.vectorShape();
    }
    return switch (bits) {
      case "128", "256", "512" -> VectorShape.forBitSize(Integer.parseInt(bits));
      default ->
          throw new InvalidInputException(PROPERTY + " must be 128, 256 or 512, got " + bits);
    };
  }
}
