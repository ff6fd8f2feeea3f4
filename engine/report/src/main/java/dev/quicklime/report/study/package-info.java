/**
 * One report over several pictures, built like a paper: what was found, told by figures, tables and
 * sentences made from the numbers alone. Everything here lives on the heap; what was drawn of a
 * picture is written before the next one is. For one thread.
 */
@NullMarked
package dev.quicklime.report.study;

import org.jspecify.annotations.NullMarked;
