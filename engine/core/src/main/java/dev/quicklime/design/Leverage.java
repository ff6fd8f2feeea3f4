package dev.quicklime.design;

/**
 * Every number of superpixels shown equally often, from 1 to d − 1, and each mask followed by its
 * complement. All rows of masks of one size have the same leverage in the regression that Shapley
 * values are, one over how many there are, so that sizes drawn evenly and weighed by the Shapley
 * kernel estimate them with fewer rows than sizes drawn by that kernel do (Musco and Witter,
 * "Provably accurate Shapley value estimation via leverage score sampling", ICLR 2025). Little is
 * left to chance: sizes are dealt from a shuffled deck of all of them, and superpixels, for each
 * size, from a shuffled deck of all superpixels, so that among the rows of a size each is shown
 * equally often.
 *
 * <p>The first mask shows nothing, which is where Shapley values start from; its complement is the
 * whole picture once more.
 */
public record Leverage() implements Design {}
