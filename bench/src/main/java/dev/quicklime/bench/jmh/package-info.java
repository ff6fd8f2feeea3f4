/**
 * What JMH knows of the benchmarks on the class path, and how one of them is run inside the current
 * JVM. Nothing is kept between calls; one thread at a time.
 */
@NullMarked
package dev.quicklime.bench.jmh;

import org.jspecify.annotations.NullMarked;
