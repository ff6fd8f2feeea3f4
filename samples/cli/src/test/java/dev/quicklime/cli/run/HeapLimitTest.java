package dev.quicklime.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeapLimitTest {

  private static final long MEGABYTE = 1L << 20;

  private final AtomicLong used = new AtomicLong();
  private final AtomicInteger collections = new AtomicInteger();
  private long needed;

  private final HeapLimit heap =
      new HeapLimit(
          used::get,
          () -> {
            collections.incrementAndGet();
            used.set(needed);
          });

  private void use(long megabytes) {
    used.addAndGet(megabytes * MEGABYTE);
    heap.keep();
  }

  @Test
  void shouldCollectOnlyWhereMuchIsInUse() {
    needed = 10 * MEGABYTE;
    use(HeapLimit.LEAST / MEGABYTE);
    assertEquals(0, collections.get());
    use(1);
    assertEquals(1, collections.get());
    assertEquals(needed, used.get());
  }

  @Test
  void shouldKeepALongRunSmall() {
    needed = 20 * MEGABYTE;
    for (int picture = 0; picture < 200; picture++) {
      use(20);
      assertTrue(used.get() <= HeapLimit.LEAST + 20 * MEGABYTE, used::toString);
    }
    assertEquals(100, collections.get(), 5);
  }

  @Test
  void shouldNotCollectOverAndOverWhatIsNeeded() {
    needed = 400 * MEGABYTE;
    use(401);
    assertEquals(1, collections.get());
    for (int picture = 0; picture < 7; picture++) {
      use(50);
    }
    assertEquals(1, collections.get());
    use(51);
    assertEquals(2, collections.get());
  }
}
