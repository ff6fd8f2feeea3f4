package dev.quicklime.profile;

import dev.quicklime.surrogate.LinearFit;
import java.util.List;

/**
 * Fits of all classes from the first of some samples.
 *
 * @param drawn the samples
 * @param target which of the profile's targets was fitted, from 0
 * @param samples how many of them the fits have
 * @param fits one for each class
 */
record SampleFits(DrawnSamples drawn, int target, int samples, List<LinearFit> fits) {}
