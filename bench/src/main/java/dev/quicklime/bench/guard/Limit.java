package dev.quicklime.bench.guard;

import dev.quicklime.bench.jmh.Measured;

/**
 * How long a path may take beside another benchmark.
 *
 * @param other what it is measured against
 * @param ratio largest time in times of the other, &gt; 0
 */
record Limit(Measured other, double ratio) {}
