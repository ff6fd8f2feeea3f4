package dev.quicklime.internal.kernel;

import dev.quicklime.InvalidInputException;
import java.util.Optional;

/**
 * Which kernels a JVM gets, and why.
 *
 * @param form the form of all kernels
 * @param reason why they are scalar; empty where they are not
 * @param asked whether the form was asked for
 */
record KernelChoice(Implementation form, String reason, boolean asked) {

  static final String PROPERTY = "dev.quicklime.kernels";
  static final String MODULE = "jdk.incubator.vector";

  /**
   * Two doubles: with one to a vector there is nothing to gain, and the kernels that compose need
   * units of as many bits.
   */
  static final int LEAST_BITS = 128;

  /**
   * Chooses vectors where they pay, or what is asked for.
   *
   * @param wanted {@code auto}, {@code scalar} or {@code vector}
   * @throws InvalidInputException if it is another word, or if vectors are asked for and cannot be
   *     had; where they can be had but are slow, they are chosen
   */
  static KernelChoice of(String wanted, JvmFacts facts) {
    return switch (wanted) {
      case "auto" ->
          obstacle(facts)
              .or(facts::missingCompiler)
              .map(reason -> new KernelChoice(Implementation.SCALAR, reason, false))
              .orElseGet(() -> new KernelChoice(Implementation.VECTOR, "", false));
      case "scalar" ->
          new KernelChoice(
              Implementation.SCALAR, "as asked for by -D" + PROPERTY + "=scalar", true);
      case "vector" -> {
        Optional<String> obstacle = obstacle(facts);
        if (obstacle.isPresent()) {
          throw new InvalidInputException(
              "-D" + PROPERTY + "=vector cannot be had: " + obstacle.get());
        }
        yield new KernelChoice(Implementation.VECTOR, "", true);
      }
      default ->
          throw new InvalidInputException(
              PROPERTY + " must be auto, scalar or vector, got " + wanted);
    };
  }

  /** What makes vectors impossible, and not only slow. */
  private static Optional<String> obstacle(JvmFacts facts) {
    if (!facts.hasVectorModule()) {
      return Optional.of("the JVM was started without --add-modules " + MODULE);
    }
    int bits = facts.vectorBits();
    return bits < LEAST_BITS
        ? Optional.of("vectors must have at least " + LEAST_BITS + " bits, here they have " + bits)
        : Optional.empty();
  }
}
