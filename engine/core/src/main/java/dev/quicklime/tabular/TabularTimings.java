package dev.quicklime.tabular;

/**
 * Wall-clock times of an explanation in milliseconds, without reading the table and loading the
 * model.
 *
 * @param draw drawing the rows
 * @param forward the model
 * @param fit weights, sums and surrogate
 * @param total the whole
 */
public record TabularTimings(double draw, double forward, double fit, double total) {}
