package dev.quicklime;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.image.Image;
import dev.quicklime.internal.scoring.FirstRows;
import dev.quicklime.internal.scoring.PictureFeeds;
import dev.quicklime.internal.scoring.SampleFeed;
import dev.quicklime.internal.scoring.Selection;
import dev.quicklime.perturb.Compositor;
import dev.quicklime.perturb.Perturbation;
import dev.quicklime.run.Progress;
import dev.quicklime.run.Timings;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.segment.Segmentation;
import dev.quicklime.surrogate.DesignFits;
import dev.quicklime.surrogate.RowRange;
import dev.quicklime.surrogate.ShardFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Explains pictures with samples that many processes score, each with an {@link Explainer} of the
 * same model: one process makes a plan, others score its shards, and the one makes an explanation
 * of what these come to. It equals that of {@link Explainer#explain(Image, ExplainOptions,
 * Progress)} in the same number format and batch to about ten digits, and is the same to the bit
 * whatever the shards and the order in which their results are added. Made by {@link
 * Explainer#shards}; may be used by several threads at once.
 */
public final class ShardedExplainer {

  /** Rows that the original is scored with at least, and that a classifier sees to settle. */
  private static final int FIRST = 64;

  private final Explainer explainer;

  ShardedExplainer(Explainer explainer) {
    this.explainer = explainer;
  }

  /**
   * Scores the original and decides what is explained. Some of the first rows are scored with it,
   * as a model may score a picture otherwise beside others, which is noticed.
   *
   * @param progress hears of these rows
   * @throws InvalidInputException if an option is out of range, or a stop rule is asked for, which
   *     looks at samples in their order
   * @throws QuicklimeException if the model fails or returns something else than finite scores
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public ShardPlan plan(Image picture, ExplainOptions options, Progress progress) {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(progress, "progress");
    check(options);
    Perturbation perturbation = perturbation(picture, options);
    int superpixels = perturbation.segments().count();
    int rows = MaskSampler.rows(options.design(), options.samples(), superpixels);
    FirstRows seen = new FirstRows(perturbation, first(options, superpixels, rows, FIRST));
    explainer.settle(seen);
    // The whole of the batch that the original is in, as that may round its scores otherwise.
    int batch = explainer.classifier().batchSize();
    MaskMatrix first = first(options, superpixels, rows, Math.max(FIRST, batch));
    PictureRun run = explainer.run(options, first.rows(), seen);
    try (Compositor compositor = Compositor.of(perturbation, explainer.classifier().format());
        SampleFeed feed =
            seen.before(
                PictureFeeds.of(
                    explainer.classifier(), perturbation, first.repeating(0), compositor))) {
      run.scoreAll(feed, progress, new Timings.Clock());
    }
    Selection selection = run.selection();
    ShardFrame frame =
        new ShardFrame(
            options.design(),
            options.samples(),
            superpixels,
            options.seed(),
            options.locality(),
            selection.explained().size());
    ShardDecision decision =
        new ShardDecision(
            frame,
            selection.target(),
            selection.indices(),
            selection.ranking().size(),
            hash(perturbation));
    List<String> notices = new ArrayList<>(perturbation.original().notices());
    notices.addAll(explainer.classifier().info().notices());
    notices.addAll(run.ownNotices());
    return new ShardPlan(
        picture,
        explainer
            .classifier()
            .format()
            .preprocessing()
            .placement(picture.width(), picture.height()),
        new ShardWork(perturbation, decision),
        selection.explained(),
        Arrays.stream(run.values(1)).boxed().toList(),
        run.shown(),
        explainer.provenance(options),
        notices);
  }

  /**
   * Prepares to score shards of a plan that another process made. Nothing is scored.
   *
   * @param picture the plan's picture
   * @param options the plan's options
   * @throws InvalidInputException if picture and options give other superpixels than the plan has
   */
  public ShardWork work(Image picture, ExplainOptions options, ShardDecision decision) {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(decision, "decision");
    check(options);
    Perturbation perturbation = perturbation(picture, options);
    if (perturbation.segments().count() != decision.frame().superpixels()
        || hash(perturbation) != decision.superpixels()) {
      throw new InvalidInputException(
          "picture and options must be those of the plan, got other superpixels: %s, not %s"
              .formatted(perturbation.segments().count(), decision.frame().superpixels()));
    }
    return new ShardWork(perturbation, decision);
  }

  /**
   * Scores the rows of a shard. A classifier that chooses its batch and number format does so now,
   * if it did not before: where processes could choose differently, say both.
   *
   * @param range of {@link ShardPlan#shards}
   * @param progress hears of these rows
   * @throws InvalidInputException if there are no such rows, or the model is another one
   * @throws QuicklimeException if the model fails or returns something else than finite scores
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public ShardScores score(ShardWork work, RowRange range, Progress progress) {
    Objects.requireNonNull(work, "work");
    Objects.requireNonNull(range, "range");
    Objects.requireNonNull(progress, "progress");
    try (PictureScorer scorer = explainer.scorer(work.perturbation())) {
      return scorer.scoreShard(work.decision(), range, progress);
    }
  }

  private static void check(ExplainOptions options) {
    Objects.requireNonNull(options, "options");
    DesignFits.check(options.surrogate(), options.design());
    if (options.stops()) {
      throw new InvalidInputException(
          "a stop rule looks at samples in their order, which shards have not: explain in shards"
              + " without one, or in one process");
    }
  }

  private Perturbation perturbation(Image picture, ExplainOptions options) {
    Image fitted = explainer.classifier().format().preprocessing().fit(picture);
    SegmentMap segments = Segmentation.segment(fitted, options.segmenter());
    return Perturbation.of(fitted, segments, options.fill());
  }

  private static MaskMatrix first(ExplainOptions options, int superpixels, int rows, int most) {
    return MaskSampler.draw(
        options.design(), options.samples(), superpixels, options.seed(), 0, Math.min(most, rows));
  }

  private static int hash(Perturbation perturbation) {
    return Arrays.hashCode(perturbation.segments().labels());
  }
}
