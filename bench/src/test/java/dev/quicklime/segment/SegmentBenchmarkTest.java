package dev.quicklime.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

class SegmentBenchmarkTest {

  static Stream<String> sizes() throws NoSuchFieldException {
    return Stream.of(SegmentBenchmark.class.getField("size").getAnnotation(Param.class).value());
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void shouldNumberTheLabelsThatSlicGives(String size) {
    SegmentBenchmark benchmark = new SegmentBenchmark();
    benchmark.size = size;
    benchmark.prepare();
    int[] raw = benchmark.slic();
    Map<Integer, Integer> numbers = new HashMap<>();
    int[] expected = new int[raw.length];
    for (int i = 0; i < raw.length; i++) {
      expected[i] = numbers.computeIfAbsent(raw[i], _ -> numbers.size());
    }
    assertArrayEquals(expected, benchmark.labels());
    SegmentMap map = benchmark.segment();
    assertEquals(size, map.width() + "x" + map.height());
    assertEquals(100, map.count(), 20);
  }
}
