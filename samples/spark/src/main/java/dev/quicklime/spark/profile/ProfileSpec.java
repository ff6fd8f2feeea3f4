package dev.quicklime.spark.profile;

import dev.quicklime.cli.profile.ProfilePlan;
import dev.quicklime.spark.executor.ExplainSpec;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a profile measures and by which model, in a form that every process of an application can
 * open.
 *
 * @param explain the model, the superpixels and their fill
 * @param words the other options
 */
@SuppressWarnings("serial") // The list is a copy that can be written.
record ProfileSpec(ExplainSpec explain, List<String> words) implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  /** Explanations have one; a profile has all of some. */
  private static final String SEED = "--seed=";

  ProfileSpec {
    Objects.requireNonNull(explain, "explain");
    words = List.copyOf(words);
  }

  /** What is measured, of no picture yet. */
  ProfilePlan plan() {
    List<String> all = new ArrayList<>();
    explain.words().stream().filter(word -> !word.startsWith(SEED)).forEach(all::add);
    explain.files().forEach(file -> all.add(file.word()));
    all.addAll(words);
    return OptionsOfProfile.plan(all);
  }
}
