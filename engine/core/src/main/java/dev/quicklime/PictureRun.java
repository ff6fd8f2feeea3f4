package dev.quicklime;

import dev.quicklime.internal.scoring.SampleFeed;
import dev.quicklime.internal.scoring.ScoreWatch;
import dev.quicklime.internal.scoring.ScoringLoop;
import dev.quicklime.internal.scoring.Selection;
import dev.quicklime.internal.scoring.TargetValues;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.run.Progress;
import dev.quicklime.run.Timings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scores all samples of one explanation of a picture. For one thread and one use. */
final class PictureRun {

  private final ScoringLoop loop;
  private final TargetValues kept;
  private final ScoreWatch watch;
  private final int rows;
  private final int shown;

  /**
   * Nothing is scored yet.
   *
   * @param precision number format of the forward pass
   * @param rows how many rows the explanation may have, row 0 included
   * @param original scores of the picture in more bits than its samples', which decide what is
   *     explained, or null where row 0 has all there are
   */
  PictureRun(
      ScoringLoop loop,
      Labels labels,
      ExplainOptions options,
      String precision,
      int rows,
      double @Nullable [] original) {
    this.loop = loop;
    this.watch = new ScoreWatch("picture", precision);
    this.kept = new TargetValues(labels, options.classes(), options.target(), rows, original);
    this.rows = rows;
    this.shown = options.scoresShown();
  }

  /**
   * Scores all rows, and row 0 once more. That is done in the last batch, where it mostly takes a
   * place that would be empty; and in one of its own where there is no other batch, as it is to
   * stand beside other samples than at first.
   *
   * @param feed of all rows, and row 0 behind them
   */
  void scoreAll(SampleFeed feed, Progress progress, Timings.Clock clock) {
    if (rows < feed.batchSize()) {
      score(feed, 0, rows, progress, clock);
      scoreAgain(feed, progress, clock);
    } else {
      score(feed, 0, rows + 1, progress, clock);
    }
  }

  /** Scores row 0 once more, which the feed has behind all rows. */
  void scoreAgain(SampleFeed feed, Progress progress, Timings.Clock clock) {
    score(feed, rows, rows + 1, progress, clock);
  }

  /** Scores the rows from {@code from} to before {@code to}, row 0 first of all. */
  void score(SampleFeed feed, int from, int to, Progress progress, Timings.Clock clock) {
    loop.run(
        feed,
        from,
        to,
        (scores, first, count) -> {
          int own = Math.min(count, rows - first);
          if (own > 0) {
            kept.keep(scores, first, own, loop.classes());
            watch.see(scores, first, own, loop.classes());
            progress.scored(first + own, rows);
          }
          if (own < count) {
            watch.again(scores, own * loop.classes());
          }
        },
        clock);
  }

  /** What row 0 decided, or the same picture in more bits. */
  Selection selection() {
    return kept.selection();
  }

  /** What a reader should know of the scores. */
  List<String> notices() {
    List<String> notices = new ArrayList<>(selection().notices());
    notices.addAll(watch.notices(selection().target()));
    return notices;
  }

  /** The same of what row 0 tells alone, whatever the scores of other rows are. */
  List<String> ownNotices() {
    List<String> notices = new ArrayList<>(selection().notices());
    notices.addAll(watch.repeated());
    return notices;
  }

  /** The classes that are reported with their scores, best first. */
  List<ScoredClass> shown() {
    List<ScoredClass> ranking = selection().ranking();
    return ranking.subList(0, Math.min(shown, ranking.size()));
  }

  /** Values of the target, row by row, of the first rows. */
  double[] values(int count) {
    return kept.first(count);
  }
}
