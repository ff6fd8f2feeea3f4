package dev.quicklime.bench.guard;

import dev.quicklime.Environment;
import java.util.Locale;

/** Kinds of machine that differ in what a vector kernel can win, by the vectors that it uses. */
enum MachineClass {
  /** x86 with vectors of 512 bits. */
  AVX512,
  /** x86 with vectors of 256 bits. */
  AVX2,
  /** x86 with vectors of 128 bits. */
  SSE,
  /** ARM of 64 bits. */
  ARM,
  /** No vector kernels. */
  SCALAR,
  /** Anything else. */
  OTHER;

  /** This machine, as its kernels were chosen. */
  static MachineClass here() {
    return of(System.getProperty("os.arch", ""), Environment.vectorBits());
  }

  static MachineClass of(String architecture, int vectorBits) {
    if (vectorBits == 0) {
      return SCALAR;
    }
    return switch (architecture) {
      case "amd64", "x86_64" ->
          switch (vectorBits) {
            case 512 -> AVX512;
            case 256 -> AVX2;
            case 128 -> SSE;
            default -> OTHER;
          };
      case "aarch64" -> ARM;
      default -> OTHER;
    };
  }

  /** As it is written in the budgets. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
