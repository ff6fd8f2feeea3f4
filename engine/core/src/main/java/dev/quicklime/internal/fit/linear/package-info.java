/**
 * The quadratic problem of one class in its own units, and what is solved in closed form: least
 * squares and ridge on all columns or some, and what each row moves such a fit by. It speaks in
 * numbers and knows no surrogate. Systems keep their memory and are for one thread; results are
 * immutable but for the arrays that they hand on. All memory is on the heap.
 */
@NullMarked
package dev.quicklime.internal.fit.linear;

import org.jspecify.annotations.NullMarked;
