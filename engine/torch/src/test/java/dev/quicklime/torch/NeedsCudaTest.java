package dev.quicklime.torch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NeedsCudaTest {

  @Test
  void shouldSkipWithoutAGpuAndFailWhereOneIsDemanded() {
    assertTrue(NeedsCuda.Condition.evaluate("", 0).isDisabled());
    assertFalse(NeedsCuda.Condition.evaluate("", 1).isDisabled());
    assertFalse(NeedsCuda.Condition.evaluate("cuda", 1).isDisabled());
    assertThrows(IllegalStateException.class, () -> NeedsCuda.Condition.evaluate("cuda", 0));
  }
}
