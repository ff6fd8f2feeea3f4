/**
 * How the files of a run, model and labels, reach the processes that need them: they are named so
 * that each process finds its own copy.
 */
@NullMarked
package dev.quicklime.spark.shipping;

import org.jspecify.annotations.NullMarked;
