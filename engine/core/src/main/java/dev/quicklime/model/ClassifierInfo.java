package dev.quicklime.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Facts about a classifier.
 *
 * @param name file name or other name
 * @param runtime what runs it, for instance {@code libtorch 2.13.0}
 * @param parameters how many numbers were learnt, or null if that is not known
 * @param device what it runs on, for instance {@code cpu} or {@code cuda:0}
 * @param precision number format of the forward pass, for instance {@code fp32}
 * @param threads threads of one forward pass, ≥ 1
 * @param decisions what was left to the classifier, what it chose and why; one sentence each
 */
public record ClassifierInfo(
    String name,
    String runtime,
    @Nullable Long parameters,
    String device,
    String precision,
    int threads,
    List<String> decisions) {

  /** Copies the decisions. */
  public ClassifierInfo {
    decisions = List.copyOf(decisions);
  }

  /** Facts about a classifier that was left no choice. */
  public ClassifierInfo(
      String name,
      String runtime,
      @Nullable Long parameters,
      String device,
      String precision,
      int threads) {
    this(name, runtime, parameters, device, precision, threads, List.of());
  }

  /**
   * The same after some decisions.
   *
   * @param chosenPrecision number format that was settled
   * @param value all decisions, one sentence each
   */
  public ClassifierInfo withDecisions(String chosenPrecision, List<String> value) {
    return new ClassifierInfo(name, runtime, parameters, device, chosenPrecision, threads, value);
  }
}
