package dev.quicklime;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.scoring.PictureFeeds;
import dev.quicklime.internal.scoring.SampleFeed;
import dev.quicklime.internal.scoring.ScoreWatch;
import dev.quicklime.internal.scoring.ScoringLoop;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Compositor;
import dev.quicklime.perturb.Perturbation;
import dev.quicklime.run.Progress;
import dev.quicklime.run.Timings;
import dev.quicklime.surrogate.RowRange;
import dev.quicklime.surrogate.ShardFrame;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/**
 * Scores any masks of one picture, for whoever wants more of a classifier than an explanation: to
 * judge one, or to compare designs. Made by {@link Explainer#scorer}; keeps nothing between calls
 * but the composed layers of its picture. For one thread.
 */
public final class PictureScorer implements AutoCloseable {

  private final Classifier classifier;
  private final ScoringLoop rows;
  private final Perturbation perturbation;
  private final Compositor compositor;

  PictureScorer(Classifier classifier, ScoringLoop loop, Perturbation perturbation) {
    this.classifier = classifier;
    this.rows = loop;
    this.perturbation = perturbation;
    this.compositor = Compositor.of(perturbation, classifier.format());
  }

  /** The picture, its superpixels and their fill. */
  public Perturbation perturbation() {
    return perturbation;
  }

  /**
   * Scores all rows of some masks; no row has a meaning of its own.
   *
   * @param masks n rows, one column for each superpixel
   * @param classes indices of C classes, each one of the model's
   * @param targets what of them is wanted; a model with one output takes {@link Target#LOGIT} and
   *     {@link Target#SIGMOID} only
   * @param progress hears of rows scored
   * @return for each target n · C values, row by row
   * @throws InvalidInputException if masks, classes or targets do not fit picture or model
   * @throws QuicklimeException if the model fails or returns something else than finite scores
   * @throws CancellationException if the thread is interrupted
   */
  public double[][] score(
      MaskMatrix masks, List<Integer> classes, List<Target> targets, Progress progress) {
    checkColumns(masks);
    if (classes.isEmpty() || targets.isEmpty()) {
      throw new InvalidInputException(
          "at least one class and one target must be asked for, got %s and %s"
              .formatted(classes.size(), targets.size()));
    }
    int[] wanted = classes.stream().mapToInt(Integer::intValue).toArray();
    double[][] values = new double[targets.size()][Math.multiplyExact(masks.rows(), wanted.length)];
    run(
        masks,
        (scores, first, count) -> {
          if (first == 0) {
            check(wanted, targets);
          }
          for (int t = 0; t < targets.size(); t++) {
            keep(targets.get(t), wanted, scores, first, count, values[t]);
          }
          progress.scored(first + count, masks.rows());
        });
    return values;
  }

  /**
   * Scores all rows of some masks for all classes; no row has a meaning of its own.
   *
   * @param masks n rows, one column for each superpixel
   * @param progress hears of rows scored
   * @return n · C raw scores, row by row, C the classifier's number of classes
   * @throws InvalidInputException if the masks do not fit the picture
   * @throws QuicklimeException if the model fails or returns something else than finite scores
   * @throws CancellationException if the thread is interrupted
   */
  public double[] score(MaskMatrix masks, Progress progress) {
    Objects.requireNonNull(masks, "masks");
    Objects.requireNonNull(progress, "progress");
    checkColumns(masks);
    double[][] all = new double[1][];
    run(
        masks,
        (scores, first, count) -> {
          if (first == 0) {
            all[0] = new double[Math.multiplyExact(masks.rows(), rows.classes())];
          }
          System.arraycopy(scores, 0, all[0], first * rows.classes(), scores.length);
          progress.scored(first + count, masks.rows());
        });
    return all[0];
  }

  /**
   * Scores the rows of a shard in the batches in which a run of the whole picture scores them:
   * models round a picture's scores otherwise by its place in a batch and by the size of that. So
   * batches that the shard has a part of are scored whole, and the rest of them is dropped.
   */
  ShardScores scoreShard(ShardDecision decision, RowRange range, Progress progress) {
    ShardFrame frame = decision.frame();
    int start = range.from() - range.from() % classifier.batchSize();
    MaskMatrix masks = batches(frame, start, range.to());
    int[] wanted = decision.classes().stream().mapToInt(Integer::intValue).toArray();
    int before = range.from() - start;
    double[] values = new double[Math.multiplyExact(range.count(), wanted.length)];
    ScoreWatch watch = new ScoreWatch("picture", classifier.info().precision());
    run(
        masks,
        (scores, first, count) -> {
          int classes = rows.classes();
          decision.checkOutputs(classes);
          int from = Math.max(first, before);
          int to = Math.min(first + count, before + range.count());
          double[] own =
              Arrays.copyOfRange(scores, (from - first) * classes, (to - first) * classes);
          keep(decision.target(), wanted, own, from - before, to - from, values);
          watch.see(own, from - before, to - from, classes);
          progress.scored(to - before, range.count());
        });
    return new ShardScores(frame, range, values, watch.kinds());
  }

  /**
   * Masks from the beginning of a batch to the end of another, as {@link PictureRun#scoreAll} has
   * them: row 0 stands behind the last row once more, where there is more than one batch.
   */
  private MaskMatrix batches(ShardFrame frame, int start, int to) {
    int batch = classifier.batchSize();
    int all = frame.rows();
    int end = (int) Math.min(all + 1L, (to + batch - 1L) / batch * batch);
    MaskMatrix masks = frame.masks(new RowRange(start, Math.min(end, all)));
    return end > all && all >= batch ? masks.followedBy(frame.masks(new RowRange(0, 1))) : masks;
  }

  private void run(MaskMatrix masks, ScoringLoop.Sink sink) {
    try (SampleFeed feed = PictureFeeds.of(classifier, perturbation, masks, compositor)) {
      rows.run(feed, 0, masks.rows(), sink, new Timings.Clock());
    }
  }

  private void checkColumns(MaskMatrix masks) {
    int superpixels = perturbation.segments().count();
    if (masks.columns() != superpixels) {
      throw new InvalidInputException(
          "masks must have " + superpixels + " columns, got " + masks.columns());
    }
  }

  private void check(int[] wanted, List<Target> targets) {
    for (int index : wanted) {
      if (index < 0 || index >= rows.classes()) {
        throw new InvalidInputException(
            "classes must be between 0 and %s for this model, got %s"
                .formatted(rows.classes() - 1, index));
      }
    }
    if (rows.classes() == 1
        && (targets.contains(Target.PROBABILITY) || targets.contains(Target.TOP1))) {
      throw new InvalidInputException(
          "targets of a model with one output must be logit or sigmoid, got " + targets);
    }
  }

  private void keep(
      Target target, int[] wanted, double[] scores, int first, int count, double[] values) {
    for (int row = 0; row < count; row++) {
      for (int c = 0; c < wanted.length; c++) {
        values[(first + row) * wanted.length + c] =
            target.of(scores, row * rows.classes(), rows.classes(), wanted[c]);
      }
    }
  }

  /** Gives back the composed layers. */
  @Override
  public void close() {
    compositor.close();
  }
}
