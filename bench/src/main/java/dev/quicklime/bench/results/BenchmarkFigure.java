package dev.quicklime.bench.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What JMH measured of one benchmark with one value for each parameter.
 *
 * @param benchmark class and method
 * @param mode JMH's short name of what was measured, for instance avgt
 * @param params value by name
 * @param score the mean
 * @param error half the width of its 99.9 % confidence interval; NaN where one iteration says
 *     nothing of it
 * @param unit of both
 * @param bytes allocated by an operation, or null where that was not measured
 */
public record BenchmarkFigure(
    String benchmark,
    String mode,
    Map<String, String> params,
    double score,
    double error,
    String unit,
    @Nullable Double bytes) {

  private static final String IMPLEMENTATION = "implementation";

  /** Copies the parameters; their order stays. */
  public BenchmarkFigure {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  /** Whether more is better. */
  boolean isRate() {
    return mode.equals("thrpt");
  }

  /** What makes it the same figure in another run. */
  String key() {
    return benchmark + " " + mode + " " + new TreeMap<>(params);
  }

  /** The benchmark's class, without packages. */
  String group() {
    String type = benchmark.substring(0, Math.max(0, benchmark.lastIndexOf('.')));
    return type.substring(type.lastIndexOf('.') + 1);
  }

  /** Class and method, without packages. */
  String shortName() {
    return group() + "." + method();
  }

  private String method() {
    return benchmark.substring(benchmark.lastIndexOf('.') + 1);
  }

  /** The method, and in which of its two forms where it has them. */
  String series() {
    String form = params.get(IMPLEMENTATION);
    return form == null ? method() : method() + " " + form.toLowerCase(Locale.ROOT);
  }

  /** The parameters' values but for the form. */
  String setting() {
    return params.entrySet().stream()
        .filter(param -> !param.getKey().equals(IMPLEMENTATION))
        .map(param -> param.getKey() + " " + param.getValue())
        .collect(Collectors.joining(", "));
  }

  /** All parameters' values. */
  String settings() {
    return params.entrySet().stream()
        .map(param -> param.getKey() + " " + param.getValue())
        .collect(Collectors.joining(", "));
  }
}
