package dev.quicklime.internal.fit.sums;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which kernels do the first work. */
final class ColdStartTest {

  private static final KernelSet SCALAR = KernelSet.of(Implementation.SCALAR);
  private static final KernelSet VECTOR = KernelSet.of(Implementation.VECTOR);

  @Test
  void shouldComputeTheFirstExplanationsByScalarLoops() {
    AtomicLong done = new AtomicLong();
    for (int i = 0; i < 10; i++) {
      assertEquals(SCALAR, ColdStart.choose(done, 80_000, VECTOR));
    }
    for (int i = 0; i < 20; i++) {
      ColdStart.choose(done, 80_000, VECTOR);
    }
    assertEquals(VECTOR, ColdStart.choose(done, 1, VECTOR));
    assertEquals(SCALAR, ColdStart.choose(done, 1, SCALAR));
  }

  @Test
  void shouldComputeALargeProblemByVectorsAtOnce() {
    AtomicLong done = new AtomicLong();
    assertEquals(VECTOR, ColdStart.choose(done, Long.MAX_VALUE, VECTOR));
    assertEquals(VECTOR, ColdStart.choose(done, 1, VECTOR));
  }
}
