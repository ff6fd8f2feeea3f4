/** Explains rows of a table. The command owns the model until it returns; for one thread. */
@NullMarked
package dev.quicklime.cli.tabular;

import org.jspecify.annotations.NullMarked;
