package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.internal.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
  @Test
  void shouldNameTheVersionsOfTheNativeLibraries() {
    assertTrue(Environment.openCv().matches("4\\.\\d+\\.\\d+.*"), Environment.openCv());
    assertTrue(Environment.torch().matches("2\\.\\d+\\.\\d+"), Environment.torch());
  }

  @Test
  void shouldCountThreadsAndProcessors() {
    int before = Environment.torchThreads();
    try {
      TorchRuntime.setThreads(before + 2);
      assertEquals(before + 2, Environment.torchThreads());
    } finally {
      TorchRuntime.setThreads(before);
    }
    assertEquals(Runtime.getRuntime().availableProcessors(), Environment.cores());
  }

  @Test
  void shouldReportTheWidthOfTheVectorsThatKernelsUse() {
    int bits = Environment.vectorBits();
    assertTrue(Set.of(0, 128, 256, 512).contains(bits), "got " + bits);
    assertEquals(bits == 0 ? "scalar" : "vector " + bits + " bits", Environment.kernels());
  }

  @Test
  void shouldSayWhyThereIsNoGpu() {
    Environment.Cuda cuda = Environment.cuda();
    assertEquals(cuda.state() == Environment.Cuda.State.AVAILABLE, cuda.devices() > 0);
  }

  @Test
  void shouldReadTheModelNameOfTheProcessor(@TempDir Path folder) throws IOException {
    Path cpuinfo = folder.resolve("cpuinfo");
    Files.writeString(
        cpuinfo, "processor\t: 0\nmodel name\t: Some CPU @ 2.00GHz\nmodel name\t: Other\n");
    assertEquals(Optional.of("Some CPU @ 2.00GHz"), CpuName.ofLinux(cpuinfo));
    Files.writeString(cpuinfo, "processor\t: 0\nBogoMIPS\t: 50.00\n");
    assertEquals(Optional.empty(), CpuName.ofLinux(cpuinfo));
    assertFalse(Environment.cpu().isBlank());
  }
}
