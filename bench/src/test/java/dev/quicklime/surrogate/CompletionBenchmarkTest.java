package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.bench.Announcement;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionBenchmarkTest {

  @Test
  void shouldComeNearToWhatManyScoredSamplesGive() {
    CompletionBenchmark benchmark = new CompletionBenchmark();
    benchmark.n = 512;
    benchmark.d = 100;
    benchmark.prepare(new Announcement());
    List<?> completed = (List<?>) benchmark.completed();
    List<?> scored = (List<?>) benchmark.scored();
    assertEquals(CompletionBenchmark.CLASSES, completed.size());
    for (int c = 0; c < completed.size(); c++) {
      LinearFit few = (LinearFit) completed.get(c);
      LinearFit many = (LinearFit) scored.get(c);
      for (int j = 0; j < 100; j++) {
        assertEquals(many.coefficients().get(j), few.coefficients().get(j), 0.02);
      }
    }
  }
}
