package dev.quicklime.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardInterruptionTest {

  /** 128 + SIGTERM. */
  private static final int TERMINATED = 143;

  /** 128 + SIGKILL. */
  private static final int KILLED = 137;

  @TempDir Path folder;

  private Process start() throws IOException {
    Path budgets =
        Files.writeString(
            folder.resolve("budgets.toml"),
            """
            [[budget]]
            path = "endless"
            why = "planted"
            benchmark = "PlantedBenchmark.healthy"
            yardstick = "PlantedBenchmark.yardstick"
            measured = 1.0
            ratio = 1.0
            tolerance = 0.5
            kernel = true
            machine = "any"
            params = { implementation = "VECTOR" }
            """);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.quicklime.bench.BenchMain");
    command.addAll(List.of("bench", "--guard", "--rounds", "1000", "--budgets"));
    command.add(budgets.toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("said").toFile())
        .start();
  }

  private ProcessHandle measuring(Process guard) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (guard.isAlive() && System.nanoTime() - start < TimeUnit.MINUTES.toNanos(2)) {
      List<ProcessHandle> children = guard.descendants().filter(this::measures).toList();
      if (!children.isEmpty()) {
        return children.getFirst();
      }
      guard.waitFor(50, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError(Files.readString(folder.resolve("said")));
  }

  /** JMH asks a JVM of its own what it can do, before ours is started. */
  private boolean measures(ProcessHandle child) {
    return child.info().commandLine().orElse("").contains(GuardedJvm.class.getName());
  }

  private void shouldEndTogether(Process guard, ProcessHandle child, int code)
      throws InterruptedException, IOException, ExecutionException {
    assertEquals(code, guard.waitFor());
    try {
      child.onExit().get(1, TimeUnit.MINUTES);
    } catch (TimeoutException e) {
      throw new AssertionError("the measuring JVM lives on", e);
    }
    String said = Files.readString(folder.resolve("said"));
    assertTrue(said.lines().allMatch(line -> line.startsWith("WARNING")), said);
  }

  @Test
  void shouldTakeItsJvmWithItWhenItIsEnded() throws Exception {
    Process guard = start();
    try {
      ProcessHandle child = measuring(guard);
      guard.destroy();
      shouldEndTogether(guard, child, TERMINATED);
    } finally {
      guard.destroyForcibly();
    }
  }

  @Test
  void shouldTakeItsJvmWithItWhenItIsKilled() throws Exception {
    Process guard = start();
    try {
      ProcessHandle child = measuring(guard);
      guard.destroyForcibly();
      shouldEndTogether(guard, child, KILLED);
    } finally {
      guard.destroyForcibly();
    }
  }
}
