package dev.quicklime.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.torch.internal.TorchRuntime;
import org.junit.jupiter.api.Test;

class TorchEnvironmentTest {
  @Test
  void shouldNameItsVersion() {
    assertTrue(TorchEnvironment.version().matches("2\\.\\d+\\.\\d+"), TorchEnvironment.version());
  }

  @Test
  void shouldCountThreads() {
    int before = TorchEnvironment.threads();
    try {
      TorchRuntime.setThreads(before + 2);
      assertEquals(before + 2, TorchEnvironment.threads());
    } finally {
      TorchRuntime.setThreads(before);
    }
  }

  @Test
  void shouldCountDevicesOnlyWhereThereAreSome() {
    TorchEnvironment.Cuda cuda = TorchEnvironment.cuda();
    assertEquals(cuda.state() == TorchEnvironment.Cuda.State.AVAILABLE, cuda.devices() > 0);
  }
}
