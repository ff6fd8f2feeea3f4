package dev.quicklime.cli.gradcam;

import dev.quicklime.cli.run.Measuring;
import dev.quicklime.cli.run.ProgressLine;
import dev.quicklime.cli.run.ProgressTask;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a run over pictures and videos is: a line goes from picture to picture, and a video
 * has one of its own that counts frames. For one thread.
 */
final class CamProgress implements AutoCloseable {

  /** What is said while scores and maps are computed. */
  static final String MAPS = "Grad-CAM";

  /** What is said while figures are drawn and written. */
  static final String REPORT = "report";

  private final List<Path> files;
  private final boolean shown;
  private @Nullable ProgressLine line;

  /**
   * Prepares to show a run.
   *
   * @param files all of the run, which calls number from 0
   * @param shown whether somebody watches
   */
  CamProgress(List<Path> files, boolean shown) {
    this.files = files;
    this.shown = shown;
  }

  private ProgressTask task(int index, String phase, String unit) {
    return new ProgressTask(Measuring.name(files.get(index)), phase, index + 1, files.size(), unit);
  }

  /** The run has come to a phase of a picture. */
  void picture(int index, String phase) {
    ProgressTask task = task(index, phase, "images");
    if (line == null) {
      line = ProgressLine.begin(task, files.size(), shown);
      line.scored(index, files.size());
    } else {
      line.about(task);
    }
  }

  /** Begins a line about a video, to be closed before the next file's turn. */
  ProgressLine video(int index, long total) {
    close();
    return ProgressLine.begin(task(index, MAPS, "frames"), total, shown);
  }

  /** What a video's line is about once its maps are there. */
  ProgressTask drawing(int index) {
    return task(index, REPORT, "frames");
  }

  /** A file is done with, whether it went well or not. */
  void done(int index) {
    if (line != null) {
      line.scored(index + 1L, files.size());
    }
  }

  @Override
  public void close() {
    if (line != null) {
      line.close();
      line = null;
    }
  }
}
