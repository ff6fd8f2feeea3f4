package dev.quicklime.model;

import java.util.Objects;

/**
 * What the classifier says of a class for the unperturbed picture, in the number format that {@link
 * ClassifierInfo#originalPrecision} names; its samples may have fewer bits.
 *
 * @param index the class
 * @param label its name
 * @param score raw score
 * @param probability sigmoid of the score where that is explained; else softmax over all classes,
 *     which says nothing of a model with one output and is 1 there
 */
public record ScoredClass(int index, String label, double score, double probability) {

  /** Refuses what is missing. */
  public ScoredClass {
    Objects.requireNonNull(label, "label");
  }
}
