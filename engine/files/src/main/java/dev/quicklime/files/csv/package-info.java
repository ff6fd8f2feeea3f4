/**
 * Tables from comma-separated text, in which nothing is guessed and nothing filled in. A table is
 * read whole into the heap and belongs to the caller; any thread may read one.
 */
@NullMarked
package dev.quicklime.files.csv;

import org.jspecify.annotations.NullMarked;
