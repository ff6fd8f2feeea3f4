package dev.quicklime.scenes.model;

import dev.quicklime.InvalidInputException;

/**
 * How the bundled classifier is trained.
 *
 * @param scenes training scenes, 8 to 200000; each takes 36 KiB of heap
 * @param rounds times that all of them are seen, 1 to 1000
 * @param batch scenes in a step, 2 to 1024
 * @param seed decides scenes, weights and occlusions
 * @param threads of libtorch, 1 to 1024
 */
public record TrainingOptions(int scenes, int rounds, int batch, long seed, int threads) {

  /** Checks the numbers. */
  public TrainingOptions {
    check("scenes", scenes, 8, 200_000);
    check("rounds", rounds, 1, 1000);
    check("batch", batch, 2, 1024);
    check("threads", threads, 1, 1024);
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new InvalidInputException(
          "%s must be between %s and %s, got %s".formatted(name, least, most, value));
    }
  }

  /** What the bundled file was trained with, on all processors. */
  public static TrainingOptions defaults() {
    return new TrainingOptions(12_000, 12, 64, 2026, Runtime.getRuntime().availableProcessors());
  }
}
