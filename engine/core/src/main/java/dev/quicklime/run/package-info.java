/**
 * How far a run has come, and what each part of it took; of pictures, tables and maps alike. Values
 * are immutable; whoever is told of progress is called by the thread that computes.
 */
@NullMarked
package dev.quicklime.run;

import org.jspecify.annotations.NullMarked;
