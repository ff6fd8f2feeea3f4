package dev.quicklime.spark.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.QuicklimeException;
import org.junit.jupiter.api.Test;

class LoadedElsewhereTest {

  @Test
  void shouldSayWhatToDoWhereAnotherLoaderHasTheNativeCode() {
    UnsatisfiedLinkError refused =
        new UnsatisfiedLinkError(
            "Native Library /x/libjnitorch.so already loaded in another classloader");
    QuicklimeException told =
        LoadedElsewhere.told(new QuicklimeException("libtorch cannot be loaded", refused));
    assertTrue(
        String.valueOf(told.getMessage()).contains("spark.executor.extraClassPath"),
        told.getMessage());
  }

  @Test
  void shouldLeaveOtherReasonsAsTheyAre() {
    QuicklimeException known = new QuicklimeException("no model");
    assertSame(known, LoadedElsewhere.told(known));
    assertEquals(
        "native code cannot be loaded: java.lang.NoClassDefFoundError: x",
        LoadedElsewhere.told(new NoClassDefFoundError("x")).getMessage());
  }
}
