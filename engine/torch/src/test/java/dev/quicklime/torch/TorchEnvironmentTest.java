package dev.quicklime.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TorchEnvironmentTest {
  @Test
  void shouldNameItsVersion() {
    assertTrue(TorchEnvironment.version().matches("2\\.\\d+\\.\\d+"), TorchEnvironment.version());
  }

  @Test
  void shouldCountAtLeastOneThread() {
    assertTrue(TorchEnvironment.threads() >= 1, "got " + TorchEnvironment.threads());
  }

  @Test
  void shouldCountDevicesOnlyWhereThereAreSome() {
    TorchEnvironment.Cuda cuda = TorchEnvironment.cuda();
    assertEquals(cuda.state() == TorchEnvironment.Cuda.State.AVAILABLE, cuda.devices() > 0);
  }
}
