/**
 * Sums up numbers for readers: how the values of many samples spread, and what is in a map. Plain
 * data on the heap; everything may be used by several threads.
 */
@NullMarked
package dev.quicklime.report.statistics;

import org.jspecify.annotations.NullMarked;
