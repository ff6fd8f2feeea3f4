package dev.quicklime.cli.run;

import dev.quicklime.report.text.Visible;
import java.util.Objects;

/**
 * What a line of progress is about.
 *
 * @param name of the picture, or of whatever is worked at
 * @param phase what is done with it, in a word; empty where nothing else is
 * @param number the picture's, from 1
 * @param count of pictures, from 1
 * @param unit what is counted, in the plural
 */
public record ProgressTask(String name, String phase, int number, int count, String unit) {

  /** Makes the name one that can be shown. */
  public ProgressTask {
    name = Visible.line(Objects.requireNonNull(name, "name"));
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(unit, "unit");
  }
}
