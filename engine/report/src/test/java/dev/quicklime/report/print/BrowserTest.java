package dev.quicklime.report.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Browsers that are scripts, so that these tests need no other. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "browsers are shell scripts")
class BrowserTest {

  private static final String TARGET =
      "for a in \"$@\"; do case $a in --print-to-pdf=*) pdf=${a#*=};; esac; done\n";

  @TempDir private Path folder;

  private Path page;
  private Path pdf;

  @BeforeEach
  void makePage() throws IOException {
    Path spaced = Files.createDirectory(folder.resolve("a größer folder"));
    page = Files.writeString(spaced.resolve("report.html"), "<p>a</p>");
    pdf = spaced.resolve("report.pdf");
  }

  private Browser script(String body, Duration patience) throws IOException {
    Path script = folder.resolve("browser");
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new Browser(script, patience);
  }

  private Browser script(String body) throws IOException {
    return script(body, Duration.ofSeconds(60));
  }

  @Test
  void shouldPrintAFileByItsAddress() throws IOException {
    script(TARGET + "for a in \"$@\"; do last=$a; done; printf %s \"$last\" > \"$pdf\"")
        .print(page, pdf);
    assertEquals(page.toUri().toString(), Files.readString(pdf));
  }

  @Test
  void shouldSayInALineWhyABrowserFailed() throws IOException {
    Files.writeString(pdf, "earlier");
    Browser broken = script("echo starting; echo 'no display' >&2; exit 3");
    IOException e = assertThrows(IOException.class, () -> broken.print(page, pdf));
    assertEquals(broken.executable() + " ended with exit code 3: no display", e.getMessage());
    assertEquals("earlier", Files.readString(pdf));
    Browser idle = script("exit 0");
    assertTrue(
        String.valueOf(assertThrows(IOException.class, () -> idle.print(page, pdf)).getMessage())
            .endsWith("printed nothing"));
    Browser empty = script(TARGET + ": > \"$pdf\"");
    assertThrows(IOException.class, () -> empty.print(page, pdf));
    assertEquals("earlier", Files.readString(pdf));
  }

  @Test
  void shouldEndABrowserThatHangsAndAllItStarted() throws IOException, InterruptedException {
    Path mark = folder.resolve("mark");
    Browser hanging =
        script("(sleep 2; touch '" + mark + "') &\nsleep 600", Duration.ofMillis(300));
    IOException e = assertThrows(IOException.class, () -> hanging.print(page, pdf));
    assertTrue(String.valueOf(e.getMessage()).contains("took longer"), e.getMessage());
    assertFalse(Files.exists(pdf));
    Thread.sleep(2500);
    assertFalse(Files.exists(mark), "what the browser had started went on");
  }

  @Test
  void shouldEndItsBrowserWhenInterrupted() throws IOException {
    Browser hanging = script("sleep 600");
    Thread.currentThread().interrupt();
    assertThrows(CancellationException.class, () -> hanging.print(page, pdf));
    assertTrue(Thread.interrupted());
  }

  @Test
  void shouldLeaveNothingBehind() throws IOException {
    Path profile = folder.resolve("profile");
    script(
            TARGET
                + "for a in \"$@\"; do case $a in --user-data-dir=*) d=${a#*=};; esac; done\n"
                + "mkdir -p \"$d/deep\"; echo x > \"$d/deep/file\"; printf %s \"$d\" > '"
                + profile
                + "'; echo pdf > \"$pdf\"")
        .print(page, pdf);
    assertFalse(Files.exists(Path.of(Files.readString(profile))));
    assertEquals("pdf\n", Files.readString(pdf));
  }

  @Test
  void shouldFindTheOneThatIsNamedOrOnThePath() throws IOException {
    Path program = script("exit 0").executable();
    assertEquals(
        program,
        Objects.requireNonNull(Browser.find(Map.of(Browser.NAMED, program.toString())))
            .executable());
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path named = Files.copy(program, bin.resolve("google-chrome"));
    Files.setPosixFilePermissions(named, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertEquals(
        named,
        Objects.requireNonNull(Browser.find(Map.of("PATH", "/nowhere::" + bin))).executable());
  }

  @Test
  void shouldRefuseANameThatIsNone() {
    for (Path wrong : List.of(folder, page, folder.resolve("none"))) {
      InvalidInputException e =
          assertThrows(
              InvalidInputException.class,
              () -> Browser.find(Map.of(Browser.NAMED, wrong.toString())));
      assertTrue(String.valueOf(e.getMessage()).startsWith("QUICKLIME_BROWSER must be"));
    }
  }

  @Test
  void shouldDoWithoutWhereThereIsNone() {
    if (Files.notExists(Path.of("/Applications"))) {
      assertNull(Browser.find(Map.of("PATH", folder.toString())));
    }
  }
}
