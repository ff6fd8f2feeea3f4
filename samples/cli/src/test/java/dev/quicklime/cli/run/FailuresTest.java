package dev.quicklime.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {
  private final StringWriter err = new StringWriter();

  @Command(name = "failing")
  private record Failing(Exception failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      throw failure;
    }
  }

  private int run(boolean debug, Exception failure) {
    return new CommandLine(new Failing(failure))
        .setExecutionExceptionHandler(new Failures(debug))
        .setErr(new PrintWriter(err, true))
        .execute();
  }

  @Test
  void shouldBlameTheUserForWrongArgumentsInOneLine() {
    assertEquals(
        2, run(false, new InvalidInputException("segments must be between 2 and 4096,\n got 1")));
    assertEquals(
        "quicklime: segments must be between 2 and 4096,\\n got 1", err.toString().stripTrailing());
  }

  @Test
  void shouldShowAMistakeOfItsOwnAsOne() {
    assertEquals(1, run(false, new IllegalArgumentException("negative size")));
    String shown = err.toString();
    assertTrue(shown.startsWith("quicklime: IllegalArgumentException: negative size"), shown);
    assertTrue(shown.contains("QUICKLIME_DEBUG=1"), shown);
  }

  @Test
  void shouldBlameTheModelFileInOneLine() {
    Exception cause = new IOException("PytorchStreamReader failed");
    assertEquals(2, run(false, new QuicklimeException("a.pt is no TorchScript file", cause)));
    assertEquals("quicklime: a.pt is no TorchScript file", err.toString().stripTrailing());
  }

  @Test
  void shouldNameAFileThatIsNotThere() {
    assertEquals(2, run(false, new NoSuchFileException("cat.png")));
    assertEquals("quicklime: cat.png: there is no such file", err.toString().stripTrailing());
  }

  @Test
  void shouldShowTheCausesOfAnythingElse() {
    Exception failure = new IllegalStateException("closed", new IOException("disk full"));
    assertEquals(1, run(false, failure));
    assertTrue(err.toString().contains("IllegalStateException: closed"), err.toString());
    assertTrue(err.toString().contains("caused by IOException: disk full"), err.toString());
    assertFalse(err.toString().contains("\tat "), err.toString());
  }

  @Test
  void shouldShowTheStackTraceWhenDebugging() {
    assertEquals(1, run(true, new IllegalStateException()));
    assertTrue(err.toString().contains("\tat "), err.toString());
  }

  @Test
  void shouldBlameTheUserWhereWhatWasAskedForStoppedAClass() {
    Error error =
        new ExceptionInInitializerError(new InvalidInputException("kernels must be scalar"));
    CommandLine command =
        new CommandLine(new Failing(new IOException())).setErr(new PrintWriter(err, true));
    assertEquals(2, new Failures(false).report(error, command));
    assertEquals("quicklime: kernels must be scalar", err.toString().stripTrailing());
    assertEquals(1, new Failures(false).report(new NoClassDefFoundError("x"), command));
  }
}
