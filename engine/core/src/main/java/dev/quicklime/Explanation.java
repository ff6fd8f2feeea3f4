package dev.quicklime;

import dev.quicklime.fidelity.Stopping;
import dev.quicklime.fidelity.Verdict;
import dev.quicklime.image.Image;
import dev.quicklime.image.Placement;
import dev.quicklime.locality.Locality;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Perturbation;
import dev.quicklime.run.Timings;
import dev.quicklime.segment.PlacedSegments;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.surrogate.DesignFits;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Shapley;
import dev.quicklime.surrogate.Surrogate;
import dev.quicklime.surrogate.SurrogateFitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a classifier scores a picture as it does. Plain heap data with nothing to close; may be
 * shared between threads.
 *
 * @param picture the picture at its own size
 * @param placement where its pixels lie in the model's input
 * @param perturbation the model's input, its superpixels and their fill
 * @param target what of a class's score was explained: as asked for, or the raw score of a model
 *     with one output, which has no probability
 * @param outputs how many scores the model returns for a picture, ≥ 1
 * @param scores the best classes with their scores for the picture as it is, best first; in the
 *     number format that {@code provenance.model().originalPrecision()} names
 * @param classes the explained classes
 * @param samples masks, weights and scores
 * @param stopping why sampling ended, or null where all samples were to be scored anyway
 * @param timings time of each stage
 * @param provenance what it was made with
 * @param notices what a reader should know about the whole
 */
public record Explanation(
    Image picture,
    Placement placement,
    Perturbation perturbation,
    Target target,
    int outputs,
    List<ScoredClass> scores,
    List<ClassExplanation> classes,
    Samples samples,
    @Nullable Stopping stopping,
    Timings timings,
    Provenance provenance,
    List<String> notices) {

  /** Copies the lists. */
  public Explanation {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(placement, "placement");
    Objects.requireNonNull(perturbation, "perturbation");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(scores, "scores");
    Objects.requireNonNull(classes, "classes");
    Objects.requireNonNull(samples, "samples");
    Objects.requireNonNull(timings, "timings");
    Objects.requireNonNull(provenance, "provenance");
    Objects.requireNonNull(notices, "notices");
    scores = List.copyOf(scores);
    classes = List.copyOf(classes);
    notices = List.copyOf(notices);
  }

  /**
   * The target of the whole picture among its samples, in their number format: what the fit has
   * seen, and what its {@link LinearFit#localPrediction} stands beside. The scores that are shown
   * may have more bits, see {@link dev.quicklime.model.ClassifierInfo#originalPrecision}.
   *
   * @param position of the class among the explained ones, from 0
   * @return in units of the {@link #target}
   */
  public double localTarget(int position) {
    return samples.score(0, position);
  }

  /** How far the weights of a class follow the model, by the explanation's own samples. */
  public @Nullable Verdict verdict(int position) {
    return verdict(position, null);
  }

  /**
   * How far the weights of a class follow the model.
   *
   * @param position of the class among the explained ones, from 0
   * @param heldOutR2 R² on samples that the fit has not seen, as {@link
   *     dev.quicklime.fidelity.ClassFidelity} has it, or null
   * @return null where its scores do not vary
   */
  public @Nullable Verdict verdict(int position, @Nullable Double heldOutR2) {
    LinearFit fit = classes.get(position).fit();
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int row = 0; row < samples.rows(); row++) {
      least = Math.min(least, samples.score(row, position));
      most = Math.max(most, samples.score(row, position));
    }
    return Verdict.of(
        fit,
        fit.localPrediction(),
        localTarget(position),
        most - least,
        Locality.effectiveSamples(samples.ownWeights()),
        heldOutR2);
  }

  /**
   * The same samples fitted by another surrogate: what explaining the picture with it would give,
   * without a forward pass. Times are those of this explanation.
   *
   * @throws InvalidInputException if the surrogate cannot be fitted to samples of the design, or
   *     sampling could end early, since how many samples are drawn depends on the surrogate then
   */
  public Explanation refit(Surrogate surrogate) {
    Objects.requireNonNull(surrogate, "surrogate");
    ExplainOptions before = provenance.options();
    if (before.stops()) {
      throw new InvalidInputException(
          "a stop rule draws other samples for another surrogate: explain the picture again");
    }
    DesignFits.check(surrogate, before.design());
    ExplainOptions options = before.withSurrogate(surrogate);
    List<String> ownNotices = new ArrayList<>();
    double[] _ = SurrogateStage.weights(samples.masks(), before, ownNotices);
    List<String> told = new ArrayList<>(notices);
    told.removeAll(ownNotices);
    double[] weights = SurrogateStage.weights(samples.masks(), options, told);
    Samples weighed =
        Samples.owning(samples.masks(), weights, samples.ownScores(), samples.classes());
    return new Explanation(
        picture,
        placement,
        perturbation,
        target,
        outputs,
        scores,
        SurrogateStage.fit(
            classes.stream().map(ClassExplanation::scored).toList(), weighed, target, options),
        weighed,
        stopping,
        timings,
        provenance.withOptions(options),
        told);
  }

  /**
   * What least squares make of the same samples, class by class, with 95 % intervals: how sure the
   * samples are of a superpixel where the surrogate has no intervals of its own, because it chooses
   * superpixels or shrinks weights. Its weights are not those of the surrogate, and an interval is
   * around the former. Computed by the first call, without a forward pass.
   *
   * @return nothing where fits have intervals of their own, or the samples allow for none
   */
  public List<LinearFit> leastSquares() {
    Surrogate own = provenance.options().surrogate();
    if (own instanceof Shapley
        // A fit takes its time whether or not it leaves anything to judge errors by.
        || samples.rows() <= segments().count() + (own.intercept() ? 1 : 0)
        || classes.stream().anyMatch(one -> one.fit().intervals() instanceof Intervals.Margins)) {
      return List.of();
    }
    return samples.leastSquares(provenance.options(), this::fitLeastSquares);
  }

  private List<LinearFit> fitLeastSquares() {
    List<LinearFit> fits =
        SurrogateFitter.fitAll(
            LeastSquares.defaults().withIntercept(provenance.options().surrogate().intercept()),
            SurrogateStage.input(
                provenance.options(),
                samples.masks(),
                samples.ownWeights(),
                samples.ownScores(),
                classes.size()));
    return fits.stream().allMatch(fit -> fit.intervals() instanceof Intervals.Margins)
        ? fits
        : List.of();
  }

  /** The superpixels, at the model's input size. */
  public SegmentMap segments() {
    return perturbation.segments();
  }

  /** The superpixels under the picture at its own size. */
  public PlacedSegments superpixels() {
    return superpixels(picture.width(), picture.height());
  }

  /**
   * The superpixels under the picture as it is drawn at another size.
   *
   * @param width columns, ≥ 1
   * @param height rows, ≥ 1
   * @throws InvalidInputException if a size is not at least 1
   */
  public PlacedSegments superpixels(int width, int height) {
    return PlacedSegments.of(
        segments(), placement, picture.width(), picture.height(), width, height);
  }

  /**
   * The weight of the superpixel under each pixel of the picture at its own size.
   *
   * @param index of a class, as the model counts
   * @return height rows of width weights in units of the target; 0 where the picture was cropped
   *     away before the model
   * @throws InvalidInputException if that class was not explained
   */
  public float[][] heatMap(int index) {
    List<Double> coefficients = explained(index).fit().coefficients();
    PlacedSegments placed = superpixels();
    float[][] map = new float[placed.height()][placed.width()];
    for (int y = 0; y < map.length; y++) {
      for (int x = 0; x < map[y].length; x++) {
        int label = placed.label(x, y);
        map[y][x] = label == PlacedSegments.OUTSIDE ? 0 : coefficients.get(label).floatValue();
      }
    }
    return map;
  }

  /**
   * The explanation of a class.
   *
   * @param index of the class, as the model counts
   * @throws InvalidInputException if it was not explained
   */
  public ClassExplanation explained(int index) {
    return classes.stream()
        .filter(one -> one.scored().index() == index)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "class must be one of the explained ones, %s, got %s"
                        .formatted(samples.classes(), index)));
  }
}
