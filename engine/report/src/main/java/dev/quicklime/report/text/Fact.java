package dev.quicklime.report.text;

/**
 * A name and its value.
 *
 * @param name of the value
 * @param value with its unit
 */
public record Fact(String name, String value) {}
