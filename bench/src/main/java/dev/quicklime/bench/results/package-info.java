/**
 * Shows what JMH measured: as a table, a chart and a page, and beside another run. Everything is
 * plain heap data, read from JMH's own JSON; one thread at a time.
 */
@NullMarked
package dev.quicklime.bench.results;

import org.jspecify.annotations.NullMarked;
