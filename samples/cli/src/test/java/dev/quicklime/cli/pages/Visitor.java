package dev.quicklime.cli.pages;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Somebody who opens pages in a browser without a window. */
final class Visitor implements AutoCloseable {

  /** In millimetres. */
  private static final double INCH = 25.4;

  private final ChromeDriver driver;

  Visitor(Path profile) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(NeedsBrowser.Condition.browser().orElseThrow().toFile());
    options.addArguments(
        "--headless",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(NeedsBrowser.Condition.driver().orElseThrow().toFile())
                .build(),
            options);
  }

  /** Opens a page in a window of so many CSS pixels. */
  void open(Path page, int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    driver.get(page.toUri().toString());
    assertEquals(width, number("return window.innerWidth"));
  }

  void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  void scripts(boolean run) {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
  }

  /** The page as it is printed on A4, a file of PDF. */
  byte[] printed() {
    Object data =
        driver
            .executeCdpCommand(
                "Page.printToPDF", Map.of("paperWidth", 210 / INCH, "paperHeight", 297 / INCH))
            .get("data");
    return Base64.getDecoder().decode((String) requireNonNull(data, "data"));
  }

  /** What the console says, but for what is no more than information. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(Object::toString)
        .toList();
  }

  Object answer(String script) {
    return requireNonNull(driver.executeScript(script), script);
  }

  String text(String script) {
    return (String) answer(script);
  }

  boolean holds(String script) {
    return (Boolean) answer(script);
  }

  long number(String script) {
    return ((Number) answer(script)).longValue();
  }

  @SuppressWarnings("unchecked") // A list of what a script gave texts for.
  List<String> texts(String script) {
    return (List<String>) answer(script);
  }

  ChromeDriver driver() {
    return driver;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
