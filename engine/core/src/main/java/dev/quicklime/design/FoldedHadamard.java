package dev.quicklime.design;

/**
 * Rows of Hadamard matrices, each followed by its complement. In a block of twice the matrix's
 * order of rows every two superpixels are shown together exactly as often as chance would have it,
 * so that no main effect is seen in another's estimate, and the complements keep interactions of an
 * even number of superpixels out as well. Each block takes other columns of the matrix at random
 * and turns random ones of them over, so that a superpixel is shown with probability ½ and what is
 * left, interactions of odd order, averages out over blocks and seeds.
 *
 * <p>The order is the smallest above the number of superpixels that is known, see {@link
 * HadamardMatrix}. Where a run has fewer rows than twice the order its rows have no complements:
 * orthogonal columns then are worth more than their freedom from interactions.
 */
public record FoldedHadamard() implements Design {}
