package dev.quicklime.fidelity;

/**
 * What was known after some of the samples.
 *
 * @param samples how many were scored, the original not counted
 * @param reached largest standard error over all coefficients of all classes, each relative to the
 *     range of its class's coefficients; infinite where there are no standard errors yet
 * @param largestError what the largest error over all coefficients of a class stays under in 95 of
 *     100 explanations, relative to the range of the class's coefficients; the largest of all
 *     classes, infinite where there are no standard errors yet
 * @param kept share of the strongest superpixels that were among them at the look before, averaged
 *     over the classes, 0 to 1; 0 at the first look
 */
public record Look(int samples, double reached, double largestError, double kept) {}
