/**
 * Which superpixels are shown in which perturbed sample: designs as data, and the bit-packed masks
 * drawn from them. Everything is plain heap memory; mask matrices are immutable once drawn and may
 * be shared between threads.
 */
@NullMarked
package dev.quicklime.design;

import org.jspecify.annotations.NullMarked;
