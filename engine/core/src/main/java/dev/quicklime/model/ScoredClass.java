package dev.quicklime.model;

import java.util.Objects;

/**
 * What the classifier says of a class for the unperturbed picture.
 *
 * @param index the class
 * @param label its name
 * @param score raw score
 * @param probability softmax over all classes; for a model with one output it says nothing and is 1
 */
public record ScoredClass(int index, String label, double score, double probability) {

  /** Refuses what is missing. */
  public ScoredClass {
    Objects.requireNonNull(label, "label");
  }
}
