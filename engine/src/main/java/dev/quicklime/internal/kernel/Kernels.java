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

  /**
   * Runs every kernel on a little data until the JVM has compiled it. Vector code that is not
   * compiled yet allocates each vector and takes a hundred times as long, which the first
   * explanation of a process would pay for.
   */
  public static void warmUp() {
    int elements = 1 << 10;
    long[] row = new long[PixelMaskKernel.SECTION];
    long[] bits = new long[elements / PixelMaskKernel.ELEMENTS];
    int plane = elements * Float.BYTES;
    // Off-heap as a batch is: a loop that has seen both kinds of memory stays slower for good.
    try (NativeBuffer source = new NativeBuffer((long) plane * BlendKernel.MAX_PLANES);
        NativeBuffer target = new NativeBuffer((long) plane * BlendKernel.MAX_PLANES)) {
      MemorySegment in = source.segment();
      MemorySegment out = target.segment();
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        PIXEL_MASKS.spread(in, elements, row, 1, 0, bits.length, bits);
        for (int planes = 1; planes <= BlendKernel.MAX_PLANES; planes += 2) {
          BLENDS.floats(bits, elements, planes, in, in, 0, out, 0, plane);
          BLENDS.floatsOnColour(bits, elements, planes, in, in, 0, out, 0, plane);
          BLENDS.shorts(bits, elements, planes, in, in, 0, out, 0, plane);
          BLENDS.shortsOnColour(bits, elements, planes, in, in, 0, out, 0, plane);
        }
        BLENDS.floatsOnThreeChannels(bits, elements, in, in, 0, out, 0);
        BLENDS.shortsOnThreeChannels(bits, elements, in, in, 0, out, 0);
      }
    }
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
