/**
 * How much a perturbed sample counts in the fit: a distance between its mask and the original
 * picture, and the weight that LIME calls its kernel. Immutable values, usable from any thread.
 */
@NullMarked
package dev.quicklime.locality;

import org.jspecify.annotations.NullMarked;
