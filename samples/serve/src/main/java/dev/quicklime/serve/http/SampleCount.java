package dev.quicklime.serve.http;

import dev.quicklime.run.Progress;
import dev.quicklime.serve.metrics.ServiceMetrics;

/** How far an explanation is; written by its worker, read by whoever waits for it. */
final class SampleCount implements Progress {

  private final ServiceMetrics metrics;
  private volatile long done;
  private volatile long total;
  private volatile double standardError = Double.NaN;

  SampleCount(ServiceMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void scored(long nowDone, long nowTotal) {
    metrics.scored(Math.max(0, nowDone - done));
    total = nowTotal;
    done = nowDone;
  }

  @Override
  public void judged(double nowStandardError) {
    standardError = nowStandardError;
  }

  /**
   * The largest standard error of a stop rule's last look, relative to the range of the weights; no
   * finite number where nobody has looked, or there were too few samples.
   */
  double standardError() {
    return standardError;
  }

  long done() {
    return done;
  }

  /** 0 before anything was scored. */
  long total() {
    return total;
  }
}
