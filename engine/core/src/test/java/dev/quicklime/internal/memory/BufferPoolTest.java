package dev.quicklime.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BufferPoolTest {

  @Test
  void shouldHandOutAReleasedBufferAgainAndNeverOneInUse() {
    try (BufferPool pool = new BufferPool(() -> new NativeBuffer(100))) {
      Buffer first = pool.take();
      Buffer second = pool.take();
      assertNotSame(first, second);
      pool.release(first);
      assertSame(first, pool.take());
      pool.release(first);
      pool.release(second);
    }
  }

  @Test
  void shouldFreeEverythingWhenClosed() {
    BufferPool pool = new BufferPool(() -> new NativeBuffer(100));
    Buffer kept = pool.take();
    Buffer released = pool.take();
    pool.release(released);
    pool.close();
    assertThrows(IllegalStateException.class, released::segment);
    assertEquals(100, kept.segment().byteSize());
    pool.release(kept);
    assertThrows(IllegalStateException.class, kept::segment);
    assertThrows(IllegalStateException.class, pool::take);
  }

  @Test
  void shouldAlignForVectorsAndCloseOnce() {
    NativeBuffer buffer = new NativeBuffer(33);
    assertEquals(0, buffer.segment().address() % 64);
    buffer.close();
    buffer.close();
    assertThrows(IllegalStateException.class, buffer::segment);
    assertThrows(IllegalArgumentException.class, () -> new NativeBuffer(0));
  }
}
