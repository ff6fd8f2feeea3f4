package dev.quicklime.profile;

import dev.quicklime.run.Progress;

/** Makes one progress of several passes over a known number of pictures. */
final class Tally {

  private final long total;
  private final Progress progress;
  private long done;

  Tally(long total, Progress progress) {
    this.total = total;
    this.progress = progress;
  }

  /** Hears of a pass that begins where the tally stands now. */
  Progress pass() {
    long before = done;
    return (now, _) -> progress.scored(Math.min(before + now, total), total);
  }

  /** Counts pictures whose pass is over. */
  void add(long pictures) {
    done += pictures;
  }

  /** Tells where the tally stands. */
  void tell() {
    progress.scored(Math.min(done, total), total);
  }
}
