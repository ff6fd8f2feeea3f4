package dev.quicklime.internal.kernel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernels in use, chosen once: those on the Vector API where the JVM was started with its
 * module, else the scalar ones, with a warning. {@code -Ddev.quicklime.kernels=scalar|vector}
 * forces one, and fails where it cannot be had.
 */
public final class Kernels {

  private static final String PROPERTY = "dev.quicklime.kernels";
  private static final String MODULE = "jdk.incubator.vector";
  private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

  private static final Implementation CHOSEN = choose(System.getProperty(PROPERTY, "auto"));
  private static final MaskKernel MASKS = masks(CHOSEN);
  private static final CountKernel COUNT = count(CHOSEN);
  private static final PixelMaskKernel PIXEL_MASKS = pixelMasks(CHOSEN);
  private static final BlendKernel BLENDS = blends(CHOSEN);

  private Kernels() {}

  private static Implementation choose(String choice) {
    boolean present = ModuleLayer.boot().findModule(MODULE).isPresent();
    return switch (choice) {
      case "scalar" -> Implementation.SCALAR;
      case "vector" -> {
        if (!present) {
          throw new IllegalStateException(
              PROPERTY + "=vector needs a JVM started with --add-modules " + MODULE);
        }
        yield Implementation.VECTOR;
      }
      case "auto" -> {
        if (!present) {
          LOG.warn("Vector kernels are off: start the JVM with --add-modules {}", MODULE);
        }
        yield present ? Implementation.VECTOR : Implementation.SCALAR;
      }
      default ->
          throw new IllegalArgumentException(
              PROPERTY + " must be auto, scalar or vector, got " + choice);
    };
  }

  /** Which form this process uses. */
  public static Implementation chosen() {
    return CHOSEN;
  }

  /** The kernel that draws masks. */
  public static MaskKernel masks() {
    return MASKS;
  }

  /** The kernel that draws masks, in one of its two forms. */
  public static MaskKernel masks(Implementation form) {
    return switch (form) {
      case SCALAR -> new ScalarMaskKernel();
      case VECTOR -> new VectorMaskKernel();
    };
  }

  /** The kernel that looks numbers up by how many superpixels a mask shows. */
  public static CountKernel count() {
    return COUNT;
  }

  /** The kernel that looks numbers up by how many superpixels a mask shows, in one form. */
  public static CountKernel count(Implementation form) {
    return switch (form) {
      case SCALAR -> new ScalarCountKernel();
      case VECTOR -> new VectorCountKernel();
    };
  }

  /** The kernel that spreads a row of masks over a picture. */
  public static PixelMaskKernel pixelMasks() {
    return PIXEL_MASKS;
  }

  /** The kernel that spreads a row of masks over a picture, in one of its two forms. */
  public static PixelMaskKernel pixelMasks(Implementation form) {
    return switch (form) {
      case SCALAR -> new ScalarPixelMaskKernel();
      case VECTOR -> new VectorPixelMaskKernel();
    };
  }

  /** The kernel that composes perturbed pictures. */
  public static BlendKernel blends() {
    return BLENDS;
  }

  /** The kernel that composes perturbed pictures, in one of its two forms. */
  public static BlendKernel blends(Implementation form) {
    return switch (form) {
      case SCALAR -> new ScalarBlendKernel();
      case VECTOR -> new VectorBlendKernel();
    };
  }

  /** The kernel that composes two interleaved pictures at once. */
  public static PairKernel pairs(Implementation form) {
    return switch (form) {
      case SCALAR -> new ScalarPairKernel();
      case VECTOR -> new VectorPairKernel();
    };
  }

  /** The kernel that sums the weights of pairs of columns, by classes of rows. */
  public static PairCountKernel pairCount(Implementation form) {
    return switch (form) {
      case SCALAR -> new ScalarPairCountKernel();
      case VECTOR -> new VectorPairCountKernel();
    };
  }

  /** The kernel that sums the weights of pairs of columns, row by row. */
  public static PairSumKernel pairSum(Implementation form) {
    return switch (form) {
      case SCALAR -> new ScalarPairSumKernel();
      case VECTOR -> new VectorPairSumKernel();
    };
  }

  /** The kernel that sums numbers by column. */
  public static ColumnSumKernel columnSum(Implementation form) {
    return switch (form) {
      case SCALAR -> new ScalarColumnSumKernel();
      case VECTOR -> new VectorColumnSumKernel();
    };
  }

  /** The kernel that turns rows of bits into columns. */
  public static TransposeKernel transpose(Implementation form) {
    return switch (form) {
      case SCALAR -> new ScalarTransposeKernel();
      case VECTOR -> new VectorTransposeKernel();
    };
  }

  /** The kernel that passes over coordinates in coordinate descent. */
  public static SweepKernel sweep(Implementation form) {
    return switch (form) {
      case SCALAR -> new ScalarSweepKernel();
      case VECTOR -> new VectorSweepKernel();
    };
  }

  /** The kernel that combines rows of a matrix. */
  public static CombineKernel combine(Implementation form) {
    return switch (form) {
      case SCALAR -> new ScalarCombineKernel();
      case VECTOR -> new VectorCombineKernel();
    };
  }

  /** The kernel that factors matrices and solves with the factors. */
  public static FactorKernel factor(Implementation form) {
    return switch (form) {
      case SCALAR -> new ScalarFactorKernel();
      case VECTOR -> new VectorFactorKernel();
    };
  }

  /** Bits of the vectors that the kernels use; 0 where they are scalar. */
  public static int vectorBits() {
    return CHOSEN == Implementation.VECTOR ? VectorWidth.bits() : 0;
  }

  /** Which implementation runs: {@code scalar}, or {@code vector} with its width. */
  public static String description() {
    return switch (CHOSEN) {
      case SCALAR -> "scalar";
      case VECTOR -> "vector " + VectorWidth.bits() + " bits";
    };
  }
}
