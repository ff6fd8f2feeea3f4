package dev.quicklime.design;

/**
 * How many superpixels a sample shows is drawn first, then which, all sets of that size being
 * equally likely; the next sample shows the others. The size s of d is drawn with a probability in
 * proportion to (d − 1)/(s·(d − s)), the weight that all sets of that size have together in Kernel
 * SHAP (Lundberg and Lee, "A unified approach to interpreting model predictions", NeurIPS 2017):
 * nearly empty and nearly full masks are as common as they matter for Shapley values, and far more
 * common than coins make them. Sizes 0 and d are not drawn, except that a single superpixel is
 * shown and filled by turns.
 */
public record FixedSize() implements Design {}
