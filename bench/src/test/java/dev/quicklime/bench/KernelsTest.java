package dev.quicklime.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KernelsTest {

  @Test
  void shouldSayWhichKernelsAreMeasured() {
    assertTrue(
        Kernels.description().matches("vector (128|256|512) bits|scalar"), Kernels.description());
  }
}
