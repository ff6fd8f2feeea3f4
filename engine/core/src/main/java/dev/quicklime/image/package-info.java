/**
 * Pictures: reading and writing them, bringing them to a model's input size, filtering them. Every
 * type here is immutable and lives on the heap, so there is nothing to close; native memory is
 * taken and given back inside a single call. All types may be used by any number of threads at
 * once.
 */
@NullMarked
package dev.quicklime.image;

import org.jspecify.annotations.NullMarked;
