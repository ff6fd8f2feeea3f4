package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.bench.Announcement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SurrogateBenchmarkTest {

  @ParameterizedTest
  @EnumSource
  void shouldFitThreeClassesWithoutANotice(SurrogateBenchmark.Kind kind) {
    SurrogateBenchmark benchmark = new SurrogateBenchmark();
    benchmark.surrogate = kind;
    benchmark.n = 1000;
    benchmark.d = 100;
    benchmark.prepare(new Announcement());
    List<LinearFit> fits = benchmark.fit();
    assertEquals(fits, benchmark.all());
    assertEquals(SurrogateProblem.CLASSES, fits.size());
    for (int c = 0; c < fits.size(); c++) {
      LinearFit fit = fits.get(c);
      // Every third superpixel has an effect on a class.
      assertEquals(c, fit.selected().getFirst() % 3, kind + " of class " + c);
      assertTrue(fit.notices().isEmpty(), fit.notices().toString());
    }
  }
}
