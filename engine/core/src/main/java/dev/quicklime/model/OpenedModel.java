package dev.quicklime.model;

/**
 * A model file that was opened, with what it is known to call its classes.
 *
 * @param classifier to be closed by whoever opened it
 * @param labels names of its classes, {@link Labels#none} where none are known
 */
public record OpenedModel(Classifier classifier, Labels labels) {}
