package dev.quicklime.bench.jmh;

/**
 * What one trial measured.
 *
 * @param nanos time of an operation
 * @param bytes heap that an operation allocated, without what JMH itself does
 */
public record Reading(double nanos, double bytes) {}
