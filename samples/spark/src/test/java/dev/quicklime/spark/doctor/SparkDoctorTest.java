package dev.quicklime.spark.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.doctor.Finding;
import dev.quicklime.cli.doctor.Finding.State;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkDoctorTest {

  private static final long MIB = 1L << 20;

  private static ExecutorAnswer answer(String executor, String cpu, String memory) {
    return new ExecutorAnswer(
        executor,
        "127.0.0.1:" + executor,
        "host",
        1,
        new ArrayList<>(
            List.of(
                new Finding(State.OK, "CPU", cpu),
                new Finding(State.OK, "Kernels", "vector 512 bits"),
                new Finding(State.OK, "Memory", memory))));
  }

  @Test
  void shouldWantRoomForNativeCodeBesideTheHeap() {
    Finding tight = ExecutorExamination.memory(1024 * MIB, 1408 * MIB, 0);
    assertEquals(State.MISSING, tight.state());
    assertTrue(tight.detail().contains("raise spark.executor.memoryOverhead"), tight.detail());
    Finding enough = ExecutorExamination.memory(1024 * MIB, 2048 * MIB, 640 * MIB);
    assertEquals(State.OK, enough.state());
    assertEquals(
        "heap up to 1024 MiB, container or machine 2048 MiB, resident 640 MiB at most so far",
        enough.detail());
  }

  @Test
  void shouldSayWhereOptionsOfTheJvmBelong() {
    assertEquals(State.OK, ExecutorExamination.options(List.of()).state());
    Finding finding = ExecutorExamination.options(List.of("no vectors: --add-modules x"));
    assertEquals(State.NONE, finding.state());
    assertTrue(finding.detail().endsWith("in spark.executor.extraJavaOptions"), finding.detail());
  }

  @Test
  void shouldSayWhichLoaderHasTheJars() throws IOException {
    assertEquals(State.OK, ExecutorExamination.loader(ClassLoader.getSystemClassLoader()).state());
    try (URLClassLoader sent = new URLClassLoader(new URL[0])) {
      Finding finding = ExecutorExamination.loader(sent);
      assertEquals(State.NONE, finding.state());
      assertTrue(finding.detail().contains("URLClassLoader"), finding.detail());
    }
  }

  @Test
  void shouldWantFoldersThatCanBeWritten(@TempDir Path folder) throws IOException {
    assertEquals(State.OK, ExecutorExamination.files(folder, folder.resolve("to/be/made")).state());
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Finding finding = ExecutorExamination.files(folder, file.resolve("cache"));
    assertEquals(State.MISSING, finding.state());
    assertTrue(finding.detail().contains("-Ddev.quicklime.cache"), finding.detail());
  }

  @Test
  void shouldTellExecutorsOfOneKindByWhatIsNotTheirOwn() {
    ExecutorAnswer one = answer("0", "EPYC, 2 cores", "heap 1");
    assertTrue(one.like(answer("1", "EPYC, 2 cores", "heap 2")));
    assertFalse(one.like(answer("1", "Xeon, 2 cores", "heap 1")));
    assertEquals(List.of(), one.missing());
  }

  @Test
  void shouldSayThatProcessorsAreOfSeveralKinds() {
    ExecutorAnswer one = answer("0", "EPYC, 2 cores", "");
    assertEquals(List.of(), SparkDoctor.kinds(List.of(one, answer("1", "EPYC, 4 cores", ""))));
    List<Finding> kinds = SparkDoctor.kinds(List.of(one, answer("1", "Xeon, 2 cores", "")));
    assertEquals(1, kinds.size());
    assertTrue(kinds.getFirst().detail().contains("EPYC, kernels vector 512 bits; Xeon"));
  }

  @Test
  void shouldSayThatExecutorsHaveNoJars() {
    String told =
        ExecutorSurvey.told(
            new ExecutionException(
                new IllegalStateException(
                    "Job aborted: java.lang.ClassNotFoundException: dev.quicklime.spark.X\n\tat")));
    assertTrue(told.contains("spark.executor.extraClassPath"), told);
    assertEquals(
        "Job aborted",
        ExecutorSurvey.told(new ExecutionException(new IOException("Job aborted\nat"))));
  }
}
