package dev.quicklime.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.Environment;
import dev.quicklime.QuicklimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

class ExaminationTest {
  @Test
  void shouldReportAPartThatCannotBeLoadedWithItsRemedy() {
    Finding finding =
        Examination.found(
            "libtorch",
            () -> {
              throw new QuicklimeException("cannot be loaded:\n install CUDA 13");
            });
    assertEquals(Finding.State.MISSING, finding.state());
    assertEquals("missing  libtorch   cannot be loaded: install CUDA 13", finding.show(Ansi.OFF));
  }

  @Test
  void shouldCountWhatTheCacheHolds(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("library.so"), new byte[3 << 20]);
    Finding finding = Examination.cache(() -> folder);
    assertTrue(finding.detail().contains("3 MiB used"), finding.detail());
  }

  @Test
  void shouldReportACacheThatIsNotThere(@TempDir Path folder) {
    assertEquals(Finding.State.MISSING, Examination.cache(() -> folder.resolve("gone")).state());
  }

  @Test
  void shouldSayWhyAPassHasAsManyThreads() {
    Finding free = Examination.threads(null);
    assertTrue(
        free.detail().endsWith("one for each processor that the JVM may use"), free.detail());
    Finding asked = Examination.threads("3");
    assertTrue(asked.detail().contains("OMP_NUM_THREADS=3"), asked.detail());
    assertTrue(asked.detail().startsWith(Environment.threads() + " for"), asked.detail());
  }

  @Test
  void shouldSayHowThreadsWaitForEachOther() {
    assertTrue(
        Examination.waiting(Optional.of("OMP_WAIT_POLICY=PASSIVE")).detail().contains("asleep, "));
    String asked = Examination.waiting(Optional.of("GOMP_SPINCOUNT=2000")).detail();
    assertTrue(asked.contains("as GOMP_SPINCOUNT=2000 says"), asked);
    assertTrue(Examination.waiting(Optional.empty()).detail().endsWith("by itself"));
  }

  @Test
  void shouldColourOnlyWhereAsked() {
    Finding finding = new Finding(Finding.State.OK, "JDK", "25");
    assertEquals("ok       JDK        25", finding.show(Ansi.OFF));
    assertTrue(finding.show(Ansi.ON).contains("\u001b["), finding.show(Ansi.ON));
  }
}
