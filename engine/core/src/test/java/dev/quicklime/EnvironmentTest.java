package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.internal.CpuName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
  @Test
  void shouldNameTheVersionOfOpenCv() {
    assertTrue(Environment.openCv().matches("4\\.\\d+\\.\\d+.*"), Environment.openCv());
  }

  @Test
  void shouldCountProcessors() {
    assertEquals(Runtime.getRuntime().availableProcessors(), Environment.cores());
  }

  @Test
  void shouldReportTheWidthOfTheVectorsThatKernelsUse() {
    int bits = Environment.vectorBits();
    assertTrue(Set.of(0, 128, 256, 512).contains(bits), "got " + bits);
    String kernels = Environment.kernels();
    assertTrue(
        bits == 0 ? kernels.startsWith("scalar (") : kernels.equals("vector " + bits + " bits"),
        kernels);
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
