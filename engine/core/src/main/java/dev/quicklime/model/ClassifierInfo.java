package dev.quicklime.model;

import java.util.List;
import java.util.Objects;
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
 * @param notices what whoever reads its scores should keep in mind, and what can be done about it;
 *     one sentence each
 * @param output name or index of the output that the scores are taken from, or null where there is
 *     no other or none was taken yet
 * @param originalPrecision number format of the scores that are shown of a whole picture, which may
 *     have more bits than those of its samples
 */
public record ClassifierInfo(
    String name,
    String runtime,
    @Nullable Long parameters,
    String device,
    String precision,
    int threads,
    List<String> decisions,
    List<String> notices,
    @Nullable String output,
    String originalPrecision) {

  /** Copies the lists. */
  public ClassifierInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(runtime, "runtime");
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(decisions, "decisions");
    Objects.requireNonNull(notices, "notices");
    Objects.requireNonNull(originalPrecision, "originalPrecision");
    decisions = List.copyOf(decisions);
    notices = List.copyOf(notices);
  }

  /** Facts about a classifier that has one number format. */
  public ClassifierInfo(
      String name,
      String runtime,
      @Nullable Long parameters,
      String device,
      String precision,
      int threads,
      List<String> decisions,
      List<String> notices,
      @Nullable String output) {
    this(
        name,
        runtime,
        parameters,
        device,
        precision,
        threads,
        decisions,
        notices,
        output,
        precision);
  }

  /** Facts about a classifier that has one output. */
  public ClassifierInfo(
      String name,
      String runtime,
      @Nullable Long parameters,
      String device,
      String precision,
      int threads,
      List<String> decisions,
      List<String> notices) {
    this(name, runtime, parameters, device, precision, threads, decisions, notices, null);
  }

  /** Facts about a classifier that was left no choice, and of which nothing is to be said. */
  public ClassifierInfo(
      String name,
      String runtime,
      @Nullable Long parameters,
      String device,
      String precision,
      int threads) {
    this(name, runtime, parameters, device, precision, threads, List.of(), List.of());
  }

  /**
   * The same after some decisions.
   *
   * @param chosenPrecision number format that was settled, of samples and whole pictures
   * @param value all decisions, one sentence each
   */
  public ClassifierInfo withDecisions(String chosenPrecision, List<String> value) {
    return new ClassifierInfo(
        name, runtime, parameters, device, chosenPrecision, threads, value, notices, output);
  }

  /** The same with these decisions, one sentence each, instead of those it has. */
  public ClassifierInfo withDecisions(List<String> value) {
    return withDecisions(precision, value).withOriginalPrecision(originalPrecision);
  }

  /** The same with these notices, one sentence each, instead of those it has. */
  public ClassifierInfo withNotices(List<String> value) {
    return new ClassifierInfo(
            name, runtime, parameters, device, precision, threads, decisions, value, output)
        .withOriginalPrecision(originalPrecision);
  }

  /** The same with scores taken from an output, or null where there is no other. */
  public ClassifierInfo withOutput(@Nullable String value) {
    return new ClassifierInfo(
            name, runtime, parameters, device, precision, threads, decisions, notices, value)
        .withOriginalPrecision(originalPrecision);
  }

  /** The same on another device, or on several. */
  public ClassifierInfo withDevice(String value) {
    return new ClassifierInfo(
            name, runtime, parameters, value, precision, threads, decisions, notices, output)
        .withOriginalPrecision(originalPrecision);
  }

  /** The same with scores of whole pictures in another number format than those of samples. */
  public ClassifierInfo withOriginalPrecision(String value) {
    return new ClassifierInfo(
        name, runtime, parameters, device, precision, threads, decisions, notices, output, value);
  }

  /** Whether scores of whole pictures have another number format than those of samples. */
  public boolean hasOriginalPrecision() {
    return !originalPrecision.equals(precision);
  }
}
