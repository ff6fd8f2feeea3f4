package dev.quicklime.profile;

import dev.quicklime.design.Design;

/**
 * Samples that fits are made from, of which a fit may take the first ones only.
 *
 * @param design what they were drawn by
 * @param seed that they were drawn with
 * @param scored all of them
 */
record DrawnSamples(Design design, long seed, ScoredMasks scored) {}
