package dev.quicklime.internal.fit.sums;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.internal.kernel.Implementation;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which form of a kernel does the first work. */
final class ColdStartTest {

  @Test
  void shouldComputeTheFirstExplanationsByScalarLoops() {
    AtomicLong done = new AtomicLong();
    for (int i = 0; i < 10; i++) {
      assertEquals(Implementation.SCALAR, ColdStart.choose(done, 80_000, Implementation.VECTOR));
    }
    for (int i = 0; i < 20; i++) {
      ColdStart.choose(done, 80_000, Implementation.VECTOR);
    }
    assertEquals(Implementation.VECTOR, ColdStart.choose(done, 1, Implementation.VECTOR));
    assertEquals(Implementation.SCALAR, ColdStart.choose(done, 1, Implementation.SCALAR));
  }

  @Test
  void shouldComputeALargeProblemByVectorsAtOnce() {
    AtomicLong done = new AtomicLong();
    assertEquals(
        Implementation.VECTOR, ColdStart.choose(done, Long.MAX_VALUE, Implementation.VECTOR));
    assertEquals(Implementation.VECTOR, ColdStart.choose(done, 1, Implementation.VECTOR));
  }
}
