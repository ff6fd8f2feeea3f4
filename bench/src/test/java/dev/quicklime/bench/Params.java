package dev.quicklime.bench;

import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Param;

/** The values that a benchmark will be run with, read from where JMH reads them. */
public final class Params {
  private Params() {}

  public static List<String> strings(Class<?> benchmark, String name) {
    try {
      Field field = benchmark.getField(name);
      return List.of(field.getAnnotation(Param.class).value());
    } catch (NoSuchFieldException e) {
      throw new AssertionError(benchmark + " has no @Param " + name, e);
    }
  }

  public static IntStream ints(Class<?> benchmark, String name) {
    return strings(benchmark, name).stream().mapToInt(Integer::parseInt);
  }
}
