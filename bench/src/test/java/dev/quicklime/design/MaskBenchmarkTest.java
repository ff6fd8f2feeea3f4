package dev.quicklime.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.bench.Announcement;
import dev.quicklime.internal.kernel.Implementation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

class MaskBenchmarkTest {

  static List<String> sizes() throws NoSuchFieldException {
    return values("d");
  }

  private static List<String> values(String name) throws NoSuchFieldException {
    return List.of(MaskBenchmark.class.getField(name).getAnnotation(Param.class).value());
  }

  private static MaskBenchmark benchmark(String p, String n, String d, Implementation form) {
    MaskBenchmark benchmark = new MaskBenchmark();
    benchmark.p = Double.parseDouble(p);
    benchmark.n = Integer.parseInt(n);
    benchmark.d = Integer.parseInt(d);
    benchmark.implementation = form;
    benchmark.prepare(new Announcement());
    return benchmark;
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void shouldDrawTheMasksThatTheScalarLoopDraws(String d) throws NoSuchFieldException {
    for (String p : values("p")) {
      for (String n : values("n")) {
        long[] expected = benchmark(p, n, d, Implementation.SCALAR).draw();
        for (String form : values("implementation")) {
          MaskBenchmark benchmark = benchmark(p, n, d, Implementation.valueOf(form));
          long[] words = benchmark.draw().clone();
          assertArrayEquals(expected, words);
          double bits = (double) benchmark.n * benchmark.d;
          assertEquals(benchmark.p, (ones(words) - benchmark.d) / bits, 4 / Math.sqrt(bits));
          // The yardstick leaves row 0 as it is and draws as many bits.
          words = benchmark.nextDouble();
          assertEquals(benchmark.p, (ones(words) - benchmark.d) / bits, 4 / Math.sqrt(bits));
        }
      }
    }
  }

  private static long ones(long[] words) {
    return Arrays.stream(words).map(Long::bitCount).sum();
  }
}
