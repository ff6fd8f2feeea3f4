package dev.quicklime.internal.kernel;

import dev.quicklime.internal.memory.NativeBuffer;
import java.lang.foreign.MemorySegment;
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
  private static final int WARM_UP_ROUNDS = 300;
  private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

  private static final Implementation CHOSEN = choose(System.getProperty(PROPERTY, "auto"));
  private static final SelectKernel SELECT = select(CHOSEN);

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

  /** The kernel that composes perturbed pictures. */
  public static SelectKernel select() {
    return SELECT;
  }

  /** The kernel that composes perturbed pictures, in one of its two forms. */
  public static SelectKernel select(Implementation form) {
    return switch (form) {
      case SCALAR -> new ScalarSelectKernel();
      case VECTOR -> new VectorSelectKernel();
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

  /**
   * Runs every kernel on a little data until the JVM has compiled it. Vector code that is not
   * compiled yet allocates each vector and takes a hundred times as long, which the first
   * explanation of a process would pay for.
   */
  public static void warmUp() {
    int n = SelectKernel.SCRATCH;
    int[] labels = new int[n];
    int[] states = {0x5555_5555};
    int[] scratch = new int[n];
    float[] floats = new float[n];
    short[] shorts = new short[n];
    // Off-heap as a batch is: a loop that has seen both kinds of memory stays slower for good.
    try (NativeBuffer buffer =
        new NativeBuffer((long) n * Float.BYTES * SelectKernel.MAX_SAMPLES)) {
      MemorySegment out = buffer.segment();
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        SELECT.selectFloats(
            labels, 1, states, SelectKernel.MAX_SAMPLES, floats, floats, out, 0, scratch);
        SELECT.selectShorts(
            labels, 1, states, SelectKernel.MAX_SAMPLES, shorts, shorts, out, 0, scratch);
      }
    }
    new FitWarmUp(CHOSEN).run();
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
