package dev.quicklime.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody sees who starts his own program with as little as {@code java -cp}. */
class PlainJvmTest {
  private static final String MAIN = PlainConsumer.class.getName();
  private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";

  private static ForkedJvm silent(String... options) throws Exception {
    return ForkedJvm.plain(MAIN, ForkedJvm.classPathWithout("slf4j-simple"), options);
  }

  private static ForkedJvm logging(String... options) throws Exception {
    return ForkedJvm.plain(MAIN, System.getProperty("java.class.path"), options);
  }

  /** Lines that neither the JVM nor slf4j prints by itself. */
  private static List<String> ours(ForkedJvm run) {
    return run.err()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("Picked up "))
        .filter(line -> !line.startsWith("WARNING: ") && !line.startsWith("SLF4J("))
        .toList();
  }

  private static List<String> advice(ForkedJvm run) {
    return run.err().lines().filter(line -> line.contains("JvmOptions")).toList();
  }

  @Test
  void shouldPrintNothingWhereNobodyLogs() throws Exception {
    ForkedJvm run = silent();
    assertEquals(0, run.exitCode(), run::err);
    assertEquals(List.of(), ours(run));
    assertTrue(run.out().contains("classes=2"), run::out);
    assertTrue(run.out().contains("kernels=scalar"), run::out);
    assertTrue(run.out().contains("limit=0"), run::out);
    assertTrue(run.out().contains("advice=2"), run::out);
  }

  @Test
  void shouldSayAllThatIsOffInOneWarning() throws Exception {
    ForkedJvm run = logging();
    assertEquals(1, advice(run).size(), run::err);
    String line = advice(run).getFirst();
    assertTrue(line.contains("WARN"), line);
    assertTrue(line.contains("--add-modules jdk.incubator.vector"), line);
    assertTrue(line.contains(NATIVE_ACCESS), line);
    assertEquals(1, run.err().split("kernels are|Kernels are", -1).length - 1, run::err);
  }

  @Test
  void shouldSayNothingWhereAllIsWell() throws Exception {
    ForkedJvm run = logging(NATIVE_ACCESS, VECTORS);
    assertEquals(0, run.exitCode(), run::err);
    assertEquals(List.of(), advice(run));
    assertTrue(run.out().contains("advice=0"), run::out);
    assertTrue(run.err().lines().noneMatch(line -> line.contains("restricted")), run::err);
  }

  @Test
  void shouldLeaveWhatTheUserHasSet() throws Exception {
    ForkedJvm run =
        silent(
            NATIVE_ACCESS,
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=64g",
            "-Dorg.bytedeco.javacpp.logger=");
    assertTrue(run.out().contains("limit=64g"), run::out);
    assertTrue(run.out().contains("advice=1"), run::out);
    // JavaCPP's own logger prints that the presets are of two versions.
    assertTrue(ours(run).stream().allMatch(line -> line.startsWith("Warning: ")), run::err);
  }

  @Test
  void shouldSayWhereJavaCppWasLoadedBefore() throws Exception {
    ForkedJvm run =
        ForkedJvm.plain(
            JavaCppFirst.class.getName(),
            System.getProperty("java.class.path"),
            NATIVE_ACCESS,
            VECTORS,
            "-Xmx512m");
    assertEquals(1, advice(run).size(), run::err);
    String line = advice(run).getFirst();
    assertTrue(line.contains("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"), line);
    assertTrue(line.contains("2048 MiB"), line);
    assertTrue(run.out().contains("advice=1"), run::out);
  }
}
