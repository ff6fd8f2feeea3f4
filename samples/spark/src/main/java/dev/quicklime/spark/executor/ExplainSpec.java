package dev.quicklime.spark.executor;

import dev.quicklime.cli.options.ExplainWords;
import dev.quicklime.cli.options.Settings;
import dev.quicklime.spark.shipping.SharedFile;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How pictures are explained, in a form that every process of an application can open. Whatever a
 * process would decide for itself, number format, batch and threads, is decided already.
 *
 * @param words options, but for those that are files
 * @param files those that are
 * @param run names this model with these options among the results of others: equal runs have equal
 *     numbers
 */
@SuppressWarnings("serial") // The lists are copies that can be written.
public record ExplainSpec(List<String> words, List<SharedFile> files, String run)
    implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  /** Copies the lists. */
  public ExplainSpec {
    Objects.requireNonNull(run, "run");
    words = List.copyOf(words);
    files = List.copyOf(files);
  }

  /** The same under another name. */
  public ExplainSpec withRun(String value) {
    return new ExplainSpec(words, files, value);
  }

  /** Options as this process has them. */
  public Settings.Chosen choose() {
    List<String> all = new ArrayList<>(words);
    files.forEach(file -> all.add(file.word()));
    return ExplainWords.choose(all);
  }
}
