package dev.quicklime.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The processor's model name, asked of the system once. */
public final class CpuName {
  public static final String VALUE =
      read().filter(name -> !name.isBlank()).orElse(System.getProperty("os.arch"));

  private CpuName() {}

  private static Optional<String> read() {
    try {
      String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
      if (system.startsWith("mac")) {
        return ofMac();
      }
      if (system.startsWith("windows")) {
        return Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER"));
      }
      return ofLinux(Path.of("/proc/cpuinfo"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  public static Optional<String> ofLinux(Path cpuinfo) throws IOException {
    try (Stream<String> lines = Files.lines(cpuinfo)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip());
    }
  }

  private static Optional<String> ofMac() throws IOException {
    Process sysctl = new ProcessBuilder("sysctl", "-n", "machdep.cpu.brand_string").start();
    try {
      if (!sysctl.waitFor(2, TimeUnit.SECONDS)) {
        sysctl.destroyForcibly();
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    return Optional.of(
        new String(sysctl.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
  }
}
