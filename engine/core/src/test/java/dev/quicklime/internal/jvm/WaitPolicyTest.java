package dev.quicklime.internal.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What native code of this process is told about waiting. */
class WaitPolicyTest {

  @Test
  void shouldTellNativeCodeToSleepUnlessTheUserSaidSomething() throws Throwable {
    String held = WaitPolicy.hold();
    String said = WaitPolicy.said(System::getenv);
    if (said == null) {
      assertEquals("OMP_WAIT_POLICY=PASSIVE", held);
      assertEquals("PASSIVE", nativeVariable("OMP_WAIT_POLICY"));
      // Java's own map is of the time when the process began.
      assertNull(System.getenv("OMP_WAIT_POLICY"));
    } else {
      assertEquals(said, held);
    }
  }

  @Test
  void shouldHeedEveryVariableThatSaysIt() {
    assertNull(said(Map.of("OMP_NUM_THREADS", "2")));
    assertEquals("OMP_WAIT_POLICY=active", said(Map.of("OMP_WAIT_POLICY", "active")));
    assertEquals("GOMP_SPINCOUNT=20", said(Map.of("GOMP_SPINCOUNT", "20")));
    assertEquals("KMP_BLOCKTIME=0", said(Map.of("KMP_BLOCKTIME", "0")));
    // An empty one is there too: OpenMP warns of it, and it is the user's.
    assertEquals("OMP_WAIT_POLICY=", said(Map.of("OMP_WAIT_POLICY", "", "KMP_BLOCKTIME", "0")));
  }

  private static @Nullable String said(Map<String, String> environment) {
    return WaitPolicy.said(environment::get);
  }

  private static String nativeVariable(String name) throws Throwable {
    Linker linker = Linker.nativeLinker();
    try (var arena = Arena.ofConfined()) {
      MemorySegment value =
          (MemorySegment)
              linker
                  .downcallHandle(
                      linker.defaultLookup().findOrThrow("getenv"),
                      FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS))
                  .invokeExact(arena.allocateFrom(name));
      return value.reinterpret(64).getString(0);
    }
  }
}
