package dev.quicklime;

import dev.quicklime.internal.scoring.SampleFeed;
import dev.quicklime.internal.scoring.ScoringLoop;
import dev.quicklime.internal.scoring.Selection;
import dev.quicklime.internal.scoring.TargetValues;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.run.Progress;
import dev.quicklime.run.Timings;
import java.util.List;

/** Scores all samples of one explanation of a picture. For one thread and one use. */
final class PictureRun {

  private final ScoringLoop loop;
  private final TargetValues kept;
  private final int rows;
  private final int shown;

  PictureRun(ScoringLoop loop, Labels labels, ExplainOptions options, int rows) {
    this.loop = loop;
    this.kept = new TargetValues(labels, options.classes(), options.target(), rows);
    this.rows = rows;
    this.shown = options.scoresShown();
  }

  /** Scores the rows from {@code from} to before {@code to}, row 0 first of all. */
  void score(SampleFeed feed, int from, int to, Progress progress, Timings.Clock clock) {
    loop.run(
        feed,
        from,
        to,
        (scores, first, count) -> {
          kept.keep(scores, first, count, loop.classes());
          progress.scored(first + count, rows);
        },
        clock);
  }

  /** What row 0 decided. */
  Selection selection() {
    return kept.selection();
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
