package dev.quicklime.bench;

import dev.quicklime.Environment;
import dev.quicklime.Versions;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Says in every fork what it measures: a figure for the wrong kernels is worse than none. libtorch
 * is named but not loaded; benchmarks that run it have {@link Libtorch} too.
 */
@State(Scope.Benchmark)
public class Announcement {

  private static final String IMPLEMENTATION = "implementation";

  @Setup(Level.Trial)
  public void announce(BenchmarkParams params) {
    String measured =
        params.getParamsKeys().contains(IMPLEMENTATION)
            ? params.getParam(IMPLEMENTATION)
            : "as this JVM chooses";
    System.out.println(
        "# Kernels: %s; this JVM chooses %s; threads: %s; libtorch: %s"
            .formatted(
                measured,
                description(),
                params.getThreads(),
                Versions.all().getOrDefault("pytorch", "unknown")));
  }

  static String description() {
    return Environment.kernels();
  }
}
