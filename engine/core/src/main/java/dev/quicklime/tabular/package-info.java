/**
 * LIME on the rows of a table: a cloud of rows around one of them is scored by a model, weighted by
 * distance and fitted by the engine's surrogates. All memory is on the heap; tables, options and
 * explanations are immutable, and an explainer may be used by several threads at once, as far as
 * its model allows it.
 */
@NullMarked
package dev.quicklime.tabular;

import org.jspecify.annotations.NullMarked;
