package dev.quicklime.torch.internal;

import dev.quicklime.QuicklimeException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds the one batch that a module can be run with, where a trace has written that of its example
 * into the graph.
 */
public final class BakedBatch {

  /** The largest batch that is looked for. */
  public static final int LARGEST = 4096;

  /** After so many batches that fail there is probably another cause. */
  private static final int TRIALS = 16;

  private static final int LARGEST_POWER = 128;

  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private BakedBatch() {}

  /** A forward pass of a batch. */
  @FunctionalInterface
  public interface Trial {

    /**
     * Scores of as many samples, row by row.
     *
     * @param same whether all of them are like the first, else they differ
     * @throws QuicklimeException or a {@link TorchException} if the module fails or returns scores
     *     of another number of samples
     */
    double[] score(int batch, boolean same);
  }

  /**
   * Looks for it. A batch counts only where each sample's scores are its own: alike for samples
   * that are alike, whatever else is in the batch. One that regroups its rows gives numbers too.
   *
   * @param constants numbers that may be it, the likeliest first
   * @param failed what is known to fail
   * @param tolerance by which share of the largest score equal samples may differ
   * @param random whether scores are random anyway, so that they cannot be compared
   * @return 0 if there is none
   */
  public static int find(
      List<Integer> constants, int failed, double tolerance, boolean random, Trial trial) {
    LinkedHashSet<Integer> candidates = new LinkedHashSet<>(constants);
    for (int power = 1; power <= LARGEST_POWER; power *= 2) {
      candidates.add(power);
    }
    candidates.remove(failed);
    long start = System.nanoTime();
    int trials = 0;
    for (int candidate : candidates) {
      if (trials++ == TRIALS || System.nanoTime() - start > LIMIT_NANOS) {
        break;
      }
      try {
        if (fits(candidate, tolerance, random, trial)) {
          return candidate;
        }
      } catch (QuicklimeException | TorchException e) {
        // This one does not fit either.
      }
    }
    return 0;
  }

  private static boolean fits(int batch, double tolerance, boolean random, Trial trial) {
    double[] others = trial.score(batch, false);
    if (random || batch == 1) {
      return true;
    }
    double[] alike = trial.score(batch, true);
    int classes = alike.length / batch;
    double largest = 0;
    for (int c = 0; c < classes; c++) {
      largest = Math.max(largest, Math.abs(others[c]));
    }
    for (int i = 0; i < alike.length; i++) {
      if (!(Math.abs(alike[i] - others[i % classes]) <= tolerance * largest)) {
        return false;
      }
    }
    return true;
  }

  /** What users should know where it was chosen for them. */
  public static String notice(int batch) {
    return ("the model file takes %s at a time and no other number, which a trace wrote into it:"
            + " every forward pass has as many; trace the network with sizes that it takes from its"
            + " input to be free of that")
        .formatted(samples(batch));
  }

  /** Says it to whoever asked for another. */
  public static QuicklimeException refused(
      String model, int batch, int asked, QuicklimeException cause) {
    return new QuicklimeException(
        ("model %s takes %s at a time and no other number, which a trace wrote into it, got %s:"
                + " give a batch of %s, or trace the network with sizes that it takes from its"
                + " input")
            .formatted(model, samples(batch), asked, batch),
        cause);
  }

  private static String samples(int batch) {
    return batch == 1 ? "1 sample" : batch + " samples";
  }
}
