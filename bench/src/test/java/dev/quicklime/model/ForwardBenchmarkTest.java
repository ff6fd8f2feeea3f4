package dev.quicklime.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.bench.Announcement;
import dev.quicklime.bench.Libtorch;
import dev.quicklime.bench.Params;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForwardBenchmarkTest {

  /** bfloat16 has 8 bits of mantissa, and the network several layers. */
  private static final double COARSE = 0.1;

  static IntStream batches() {
    return Params.ints(ForwardBenchmark.class, "batch");
  }

  private static double[] scores(int batch, Precision precision) {
    ForwardBenchmark benchmark = new ForwardBenchmark();
    benchmark.batch = batch;
    benchmark.precision = precision;
    benchmark.prepare(new Announcement(), new Libtorch());
    try {
      return benchmark.forward();
    } finally {
      benchmark.free();
    }
  }

  @ParameterizedTest
  @MethodSource("batches")
  void shouldScoreThePicturesOfABatchAsEachAlone(int batch) {
    double[] alone = scores(1, Precision.FP32);
    double[] fine = scores(batch, Precision.FP32);
    assertEquals(batch * alone.length, fine.length);
    double largest = 0;
    for (int i = 0; i < alone.length; i++) {
      assertEquals(alone[i], fine[i], 1e-3);
      largest = Math.max(largest, Math.abs(alone[i]));
    }
    double[] coarse = scores(batch, Precision.BF16);
    assertEquals(fine.length, coarse.length);
    for (int i = 0; i < fine.length; i++) {
      assertEquals(fine[i], coarse[i], COARSE * largest, "score " + i);
    }
    assertTrue(largest > 0, "all scores are 0");
  }

  @Test
  void shouldRunTheRandomNetwork() {
    ForwardBenchmark benchmark = new ForwardBenchmark();
    benchmark.network = ForwardBenchmark.Network.RESNET50;
    benchmark.batch = 1;
    benchmark.prepare(new Announcement(), new Libtorch());
    try {
      double[] scores = benchmark.forward();
      assertEquals(1000, scores.length);
      assertTrue(DoubleStream.of(scores).allMatch(score -> Math.abs(score) < 1000));
      assertTrue(DoubleStream.of(scores).distinct().count() > 900, "scores are alike");
    } finally {
      benchmark.free();
    }
  }
}
