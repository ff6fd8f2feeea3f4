package dev.quicklime.internal.kernel;

import jdk.incubator.vector.FloatVector;

/** Which twin of the kernels is used, and how wide its vectors are. */
public final class VectorInfo {
  private VectorInfo() {}

  /** {@code vector}, or {@code scalar} where that was asked for or the JVM has no vector module. */
  public static String provider() {
    String asked = System.getProperty("dev.quicklime.kernels", "");
    if (!asked.isEmpty()) {
      return asked;
    }
    return hasVectorModule() ? "vector" : "scalar";
  }

  /** Bits of the vectors: those asked for, else the processor's preferred; 0 for scalar kernels. */
  public static int bits() {
    if (provider().equals("scalar")) {
      return 0;
    }
    return Integer.getInteger(
        "dev.quicklime.vectorBits", FloatVector.SPECIES_PREFERRED.vectorBitSize());
  }

  private static boolean hasVectorModule() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }
}
