package dev.quicklime.bench;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Param;

/** The values that a benchmark will be run with, read from where JMH reads them. */
public final class Params {
  private Params() {}

  public static IntStream ints(Class<?> benchmark, String name) {
    try {
      Field field = benchmark.getField(name);
      return Arrays.stream(field.getAnnotation(Param.class).value()).mapToInt(Integer::parseInt);
    } catch (NoSuchFieldException e) {
      throw new AssertionError(benchmark + " has no @Param " + name, e);
    }
  }
}
