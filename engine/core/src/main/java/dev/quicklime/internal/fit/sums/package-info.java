/**
 * What a fit needs to know of samples: products of their rows, counted or summed over masks column
 * by column, and of rows with scores. Results are immutable and may be read by any thread; arrays
 * that they give are not to be written to. Builders keep their memory for the next call and are for
 * one thread. All memory is on the heap.
 */
@NullMarked
package dev.quicklime.internal.fit.sums;

import org.jspecify.annotations.NullMarked;
