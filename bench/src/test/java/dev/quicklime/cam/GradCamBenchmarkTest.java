package dev.quicklime.cam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.bench.Announcement;
import dev.quicklime.bench.Libtorch;
import dev.quicklime.bench.Params;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradCamBenchmarkTest {

  static IntStream batches() {
    return Params.ints(GradCamBenchmark.class, "batch");
  }

  @ParameterizedTest
  @MethodSource("batches")
  void shouldMapThePicturesThatItScores(int batch) {
    for (int classes : Params.ints(GradCamBenchmark.class, "classes").toArray()) {
      GradCamBenchmark benchmark = new GradCamBenchmark();
      benchmark.batch = batch;
      benchmark.classes = classes;
      benchmark.prepare(new Announcement(), new Libtorch());
      try {
        CamResult result = benchmark.explain();
        double[] scores = benchmark.forward();
        assertEquals(batch, result.pictures().size());
        assertEquals(scores.length, batch * result.classes());
        for (int picture = 0; picture < batch; picture++) {
          List<CamMap> maps = result.pictures().get(picture);
          assertEquals(classes, maps.size());
          for (CamMap map : maps) {
            assertEquals(scores[picture * result.classes() + map.index()], map.score(), 1e-3);
          }
          assertTrue(maps.getFirst().largest() > 0, "an empty map");
        }
      } finally {
        benchmark.free();
      }
    }
  }
}
