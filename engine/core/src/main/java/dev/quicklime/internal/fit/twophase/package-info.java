/**
 * Completion of samples over masks that nobody scored, by a model of the scores that bends. Results
 * are immutable and may be read by any thread; arrays that they give are not to be written to. All
 * memory is on the heap.
 */
@NullMarked
package dev.quicklime.internal.fit.twophase;

import org.jspecify.annotations.NullMarked;
