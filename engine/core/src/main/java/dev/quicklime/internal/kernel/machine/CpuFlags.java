package dev.quicklime.internal.kernel.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Instruction sets of the processor, where the system says. */
public final class CpuFlags {

  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  private static final Set<String> FLAGS = read();

  private CpuFlags() {}

  /** Whether the processor is known to have an instruction set; the name is Linux's. */
  public static boolean has(String flag) {
    return FLAGS.contains(flag);
  }

  private static Set<String> read() {
    try (Stream<String> lines = Files.lines(CPUINFO)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> Set.copyOf(List.of(line.split("\\s+"))))
          .orElse(Set.of());
    } catch (IOException e) {
      // Another system than Linux: kernels then choose what every processor has.
      return Set.of();
    }
  }
}
