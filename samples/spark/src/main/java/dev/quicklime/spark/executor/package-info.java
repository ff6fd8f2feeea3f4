/**
 * What runs where tasks do: one explainer in a process, however many tasks it has, opened from
 * words that mean the same in every process.
 */
@NullMarked
package dev.quicklime.spark.executor;

import org.jspecify.annotations.NullMarked;
