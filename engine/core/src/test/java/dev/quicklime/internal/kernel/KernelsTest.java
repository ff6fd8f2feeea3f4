package dev.quicklime.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class KernelsTest {

  @Test
  void shouldUseTheFormAndWidthThatWereAskedFor() {
    if (System.getProperty("dev.quicklime.kernels", "auto").equals("scalar")) {
      assertEquals("scalar", Kernels.description());
      assertEquals(
          "scalar (as asked for by -Ddev.quicklime.kernels=scalar)", Kernels.reasonedDescription());
      assertEquals(KernelSet.of(Implementation.SCALAR), Kernels.chosen());
    } else {
      int bits = Kernels.chosen().vectorBits();
      assertEquals(Integer.getInteger("dev.quicklime.vectorBits", bits), bits);
      assertEquals("vector " + bits + " bits", Kernels.description());
      assertEquals(Kernels.description(), Kernels.reasonedDescription());
    }
  }
}
