package dev.quicklime.spark.job;

import dev.quicklime.cli.run.ProgressLine;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** Moves a line on with the tasks of a Spark job, each taken to be as long as another. */
final class TaskProgress extends SparkListener implements AutoCloseable {

  private final SparkSession session;
  private final ProgressLine line;
  private final int from;
  private final int end;
  private final int total;
  private final AtomicInteger tasks = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();

  private TaskProgress(SparkSession session, ProgressLine line, int from, int end, int total) {
    this.session = session;
    this.line = line;
    this.from = from;
    this.end = end;
    this.total = total;
  }

  /**
   * Watches what runs until it is closed.
   *
   * @param from what was done before
   * @param end what will be done then
   * @param total what is to be done in all
   */
  static TaskProgress of(SparkSession session, ProgressLine line, int from, int end, int total) {
    TaskProgress progress = new TaskProgress(session, line, from, end, total);
    line.scored(from, total);
    session.sparkContext().addSparkListener(progress);
    return progress;
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted stage) {
    tasks.addAndGet(stage.stageInfo().numTasks());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    if (task.reason() instanceof Success$) {
      int now = done.incrementAndGet();
      int all = Math.max(now, tasks.get());
      line.scored(from + (long) (end - from) * now / all, total);
    }
  }

  @Override
  public void close() {
    session.sparkContext().removeSparkListener(this);
    line.scored(end, total);
  }
}
