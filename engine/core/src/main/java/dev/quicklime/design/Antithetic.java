package dev.quicklime.design;

/**
 * Fair coins for one sample, and their complement for the next. A pair has no part in any
 * interaction of an even number of superpixels: what two of them do together is the same in a mask
 * and its complement, so that the difference of the pair, from which main effects come, is free of
 * it. Each superpixel is shown with probability ½.
 */
public record Antithetic() implements Design {}
