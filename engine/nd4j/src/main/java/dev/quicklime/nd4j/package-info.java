/**
 * Quicklime's runs for those who compute with ND4J: masks, scores, weights and coefficients as
 * {@link org.nd4j.linalg.api.ndarray.INDArray}s, fits in closed form, and NumPy's files. Nothing
 * else of Quicklime needs this package, so that an explanation never waits for ND4J to load, which
 * takes two seconds.
 *
 * <p>{@link dev.quicklime.nd4j.SharedArray} owns its off-heap memory until the last array over it
 * is gone; all other arrays are ND4J's own. Static methods may be called from any thread, and
 * arrays read by several; who writes to one takes care that nobody reads it meanwhile.
 */
@NullMarked
package dev.quicklime.nd4j;

import org.jspecify.annotations.NullMarked;
