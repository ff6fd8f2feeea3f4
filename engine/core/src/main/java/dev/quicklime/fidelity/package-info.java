/**
 * How far an explanation can be trusted, and how many samples that takes. Pure functions and plain
 * immutable data on the heap, usable from any thread; a {@link StopRule} is for one explanation and
 * one thread.
 */
@NullMarked
package dev.quicklime.fidelity;

import org.jspecify.annotations.NullMarked;
