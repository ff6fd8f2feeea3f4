package dev.quicklime.spark.doctor;

import com.sun.management.OperatingSystemMXBean;
import dev.quicklime.Environment;
import dev.quicklime.cli.doctor.Examination;
import dev.quicklime.cli.doctor.Finding;
import dev.quicklime.scenes.Bundled;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkFiles;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the process that it runs in, once: what the engine needs, and what is peculiar to
 * processes that Spark has started.
 */
final class ExecutorExamination {

  static final String MEMORY = "Memory";
  private static final String FILES = "Files";

  /** Parts whose figures are those of one process alone. */
  static final Set<String> OWN = Set.of(MEMORY, FILES, "Cache");

  private static final long MIB = 1L << 20;

  /** What libtorch, a small model and a batch take beside the heap. */
  static final long NATIVE_NEED = 512 * MIB;

  private static @Nullable List<Finding> found;

  private ExecutorExamination() {}

  /** The findings; who asks meanwhile waits. */
  static synchronized List<Finding> here() {
    List<Finding> known = found;
    if (known == null) {
      List<Finding> all = new ArrayList<>(Examination.ofEngine());
      // After native code was loaded, so that it is counted.
      all.add(options(Environment.advice()));
      all.add(loader(Environment.class.getClassLoader()));
      all.add(memory(Runtime.getRuntime().maxMemory(), total(), largestResident()));
      all.add(
          files(
              Path.of(SparkFiles.getRootDirectory()).toAbsolutePath().normalize(),
              Bundled.cache()));
      known = List.copyOf(all);
      found = known;
    }
    return known;
  }

  static Finding options(List<String> advice) {
    return advice.isEmpty()
        ? new Finding(Finding.State.OK, "JVM", "vectors and native access are granted")
        : new Finding(
            Finding.State.NONE,
            "JVM",
            String.join("; ", advice) + "; in spark.executor.extraJavaOptions");
  }

  static Finding loader(@Nullable ClassLoader loader) {
    if (loader == null || loader.equals(ClassLoader.getSystemClassLoader())) {
      return new Finding(Finding.State.OK, "Jars", "of the class path of the process");
    }
    return new Finding(
        Finding.State.NONE,
        "Jars",
        "sent to the running process, "
            + loader.getClass().getSimpleName()
            + ": sessions with jars of their own load native code once each;"
            + " spark.executor.extraClassPath loads it once");
  }

  /**
   * Whether native code has room beside the heap.
   *
   * @param heap its largest size in bytes
   * @param total bytes of the container's limit, or of the machine where there is none
   * @param resident bytes that the process took in memory so far at most, or 0 where that is not
   *     known
   */
  static Finding memory(long heap, long total, long resident) {
    String detail =
        "heap up to %s MiB, container or machine %s MiB".formatted(heap / MIB, total / MIB);
    if (resident > 0) {
      detail += ", resident %s MiB at most so far".formatted(resident / MIB);
    }
    return total - heap < NATIVE_NEED
        ? new Finding(
            Finding.State.MISSING,
            MEMORY,
            detail
                + "; native code needs %s MiB or more beside the heap: raise"
                    .formatted(NATIVE_NEED / MIB)
                + " spark.executor.memoryOverhead, or lower spark.executor.memory")
        : new Finding(Finding.State.OK, MEMORY, detail);
  }

  private static long total() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Long.MAX_VALUE;
  }

  /** Bytes in memory at most so far, as Linux counts them; 0 elsewhere. */
  private static long largestResident() {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Whether models can be laid down.
   *
   * @param shipped folder of what Spark brings
   * @param cache folder of the bundled model
   */
  static Finding files(Path shipped, Path cache) {
    for (Path folder : List.of(shipped, cache)) {
      if (!writable(folder)) {
        return new Finding(
            Finding.State.MISSING,
            FILES,
            folder
                + " must be writable; spark.local.dir is where Spark lays down models, and"
                + " -Ddev.quicklime.cache=FOLDER where the bundled one is unpacked");
      }
    }
    try {
      long free = Files.getFileStore(shipped).getUsableSpace();
      return new Finding(
          Finding.State.OK,
          FILES,
          "models go to " + shipped + ", " + free / MIB + " MiB free; the bundled one to " + cache);
    } catch (IOException e) {
      return new Finding(Finding.State.MISSING, FILES, shipped + ": " + e.getMessage());
    }
  }

  /** Whether a folder is, or can be made, and can be written to. */
  private static boolean writable(Path folder) {
    Path there = folder.toAbsolutePath();
    while (there != null && Files.notExists(there)) {
      there = there.getParent();
    }
    return there != null && Files.isDirectory(there) && Files.isWritable(there);
  }
}
