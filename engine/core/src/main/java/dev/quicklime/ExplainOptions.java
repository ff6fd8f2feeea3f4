package dev.quicklime;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.fidelity.StopRule;
import dev.quicklime.image.ReadLimits;
import dev.quicklime.locality.Locality;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Fill;
import dev.quicklime.segment.Segmenter;
import dev.quicklime.segment.Slic;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.Surrogate;
import java.util.Objects;

/**
 * Everything that decides an explanation besides picture and classifier.
 *
 * @param segmenter how the picture is divided into superpixels
 * @param samples perturbed samples drawn besides the original, 1 to {@value #MAX_SAMPLES}
 * @param design which superpixels each of them shows
 * @param fill what stands in for the others
 * @param target what of a class's score is explained
 * @param classes which classes are explained
 * @param scoresShown how many of the best classes are reported with their scores, ≥ 1
 * @param locality how much each sample counts
 * @param surrogate the model that is fitted
 * @param stop largest standard error of a coefficient, relative to the range of its class's
 *     coefficients, at which sampling may end before all samples are scored, see {@link StopRule};
 *     0 scores all
 * @param seed decides the masks
 * @param limits largest picture that is read from a file
 */
public record ExplainOptions(
    Segmenter segmenter,
    int samples,
    Design design,
    Fill fill,
    Target target,
    ClassChoice classes,
    int scoresShown,
    Locality locality,
    Surrogate surrogate,
    double stop,
    long seed,
    ReadLimits limits) {

  /** Largest number of samples: their scores and masks stay on the heap. */
  public static final int MAX_SAMPLES = 10_000_000;

  /**
   * Checks the counts.
   *
   * @throws InvalidInputException if a count is outside of its range
   */
  public ExplainOptions {
    Objects.requireNonNull(segmenter, "segmenter");
    Objects.requireNonNull(design, "design");
    Objects.requireNonNull(fill, "fill");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(classes, "classes");
    Objects.requireNonNull(locality, "locality");
    Objects.requireNonNull(surrogate, "surrogate");
    Objects.requireNonNull(limits, "limits");
    if (samples < 1 || samples > MAX_SAMPLES) {
      throw new InvalidInputException(
          "samples must be between 1 and " + MAX_SAMPLES + ", got " + samples);
    }
    if (!(stop >= 0 && stop < 1)) {
      throw new InvalidInputException("stop must be at least 0 and below 1, got " + stop);
    }
    if (stop > 0 && design instanceof Exhaustive) {
      throw new InvalidInputException(
          "a stop rule needs samples that are drawn; an exhaustive design draws every mask, got "
              + stop);
    }
    if (scoresShown < 1) {
      throw new InvalidInputException("scores shown must be at least 1, got " + scoresShown);
    }
  }

  /**
   * SLIC with 100 superpixels, 1000 Bernoulli(½) samples, gray fill, the probabilities of the three
   * best classes, cosine locality of width 0.25, a Lasso that chooses its α, seed 0.
   */
  public static ExplainOptions defaults() {
    return new ExplainOptions(
        Slic.defaults(),
        1000,
        Bernoulli.defaults(),
        Fill.gray(),
        Target.PROBABILITY,
        ClassChoice.top(3),
        4,
        Locality.defaults(),
        Lasso.defaults(),
        0,
        0,
        ReadLimits.defaults());
  }

  /**
   * What a {@link Preset} stands for.
   *
   * @param name one of {@link Preset#NAMES}, for instance {@code "fast"}
   * @throws InvalidInputException naming all of them, if there is none of this name
   */
  public static ExplainOptions preset(String name) {
    return Preset.named(name).options();
  }

  /** Whether sampling may end before all samples are scored. */
  public boolean stops() {
    return stop > 0;
  }

  /** The same with other superpixels. */
  public ExplainOptions withSegmenter(Segmenter value) {
    return new ExplainOptions(
        value,
        samples,
        design,
        fill,
        target,
        classes,
        scoresShown,
        locality,
        surrogate,
        stop,
        seed,
        limits);
  }

  /** The same with another number of samples. */
  public ExplainOptions withSamples(int value) {
    return new ExplainOptions(
        segmenter,
        value,
        design,
        fill,
        target,
        classes,
        scoresShown,
        locality,
        surrogate,
        stop,
        seed,
        limits);
  }

  /** The same with another design. */
  public ExplainOptions withDesign(Design value) {
    return new ExplainOptions(
        segmenter,
        samples,
        value,
        fill,
        target,
        classes,
        scoresShown,
        locality,
        surrogate,
        stop,
        seed,
        limits);
  }

  /** The same with another fill. */
  public ExplainOptions withFill(Fill value) {
    return new ExplainOptions(
        segmenter,
        samples,
        design,
        value,
        target,
        classes,
        scoresShown,
        locality,
        surrogate,
        stop,
        seed,
        limits);
  }

  /** The same with another target. */
  public ExplainOptions withTarget(Target value) {
    return new ExplainOptions(
        segmenter,
        samples,
        design,
        fill,
        value,
        classes,
        scoresShown,
        locality,
        surrogate,
        stop,
        seed,
        limits);
  }

  /** The same with other classes. */
  public ExplainOptions withClasses(ClassChoice value) {
    return new ExplainOptions(
        segmenter,
        samples,
        design,
        fill,
        target,
        value,
        scoresShown,
        locality,
        surrogate,
        stop,
        seed,
        limits);
  }

  /** The same with another number of scores shown. */
  public ExplainOptions withScoresShown(int value) {
    return new ExplainOptions(
        segmenter, samples, design, fill, target, classes, value, locality, surrogate, stop, seed,
        limits);
  }

  /** The same with another locality. */
  public ExplainOptions withLocality(Locality value) {
    return new ExplainOptions(
        segmenter,
        samples,
        design,
        fill,
        target,
        classes,
        scoresShown,
        value,
        surrogate,
        stop,
        seed,
        limits);
  }

  /** The same with another surrogate. */
  public ExplainOptions withSurrogate(Surrogate value) {
    return new ExplainOptions(
        segmenter,
        samples,
        design,
        fill,
        target,
        classes,
        scoresShown,
        locality,
        value,
        stop,
        seed,
        limits);
  }

  /** The same with another bound at which sampling may end, or 0 for none. */
  public ExplainOptions withStop(double value) {
    return new ExplainOptions(
        segmenter,
        samples,
        design,
        fill,
        target,
        classes,
        scoresShown,
        locality,
        surrogate,
        value,
        seed,
        limits);
  }

  /** The same with another seed. */
  public ExplainOptions withSeed(long value) {
    return new ExplainOptions(
        segmenter,
        samples,
        design,
        fill,
        target,
        classes,
        scoresShown,
        locality,
        surrogate,
        stop,
        value,
        limits);
  }

  /** The same with other limits. */
  public ExplainOptions withLimits(ReadLimits value) {
    return new ExplainOptions(
        segmenter,
        samples,
        design,
        fill,
        target,
        classes,
        scoresShown,
        locality,
        surrogate,
        stop,
        seed,
        value);
  }
}
