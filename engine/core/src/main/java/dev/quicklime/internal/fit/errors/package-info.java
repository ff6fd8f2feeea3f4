/**
 * Standard errors of fits in closed form, and their degrees of freedom. Pure functions that any
 * thread may call. All memory is on the heap.
 */
@NullMarked
package dev.quicklime.internal.fit.errors;

import org.jspecify.annotations.NullMarked;
