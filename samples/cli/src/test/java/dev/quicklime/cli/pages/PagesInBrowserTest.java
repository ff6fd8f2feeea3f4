package dev.quicklime.cli.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.Commands;
import dev.quicklime.scenes.Bundled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Opens the report of every preset, and a study by it, as a reader does. */
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesInBrowserTest {

  private static final int DESK = 1280;
  private static final int PHONE = 390;

  @TempDir private static Path folder;

  private final Map<String, Path> reports = new HashMap<>();
  private final Map<String, Path> studies = new HashMap<>();
  private Visitor visitor;

  static List<String> presets() {
    return Commands.presets();
  }

  @BeforeAll
  void writePages() {
    List<Path> pictures = Bundled.pictures();
    for (String preset : presets()) {
      Path out = folder.resolve("reports ä " + preset);
      Commands.run(
          "explain",
          pictures.get(0).toString(),
          "--preset",
          preset,
          "--with-gradcam",
          "--quiet",
          "--out",
          out.toString());
      reports.put(preset, report(out));
      List<String> study = new ArrayList<>(List.of("study"));
      pictures.stream().limit(3).map(Path::toString).forEach(study::add);
      study.addAll(
          List.of("--preset", preset, "--quiet", "--out", folder.resolve(preset).toString()));
      // Pages are laid out alike whatever the number of samples; one study has as many as users'.
      if (!preset.equals("default")) {
        study.add("--samples=300");
      }
      Commands.run(study.toArray(String[]::new));
      studies.put(preset, folder.resolve(preset).resolve("study"));
    }
    visitor = new Visitor(folder.resolve("profile"));
  }

  @AfterAll
  void leave() {
    // Without pages there is none.
    if (visitor != null) {
      visitor.close();
    }
  }

  private static Path report(Path out) {
    try (Stream<Path> found = Files.walk(out)) {
      return found.filter(file -> file.endsWith("report.html")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path page(Map<String, Path> pages, String preset) {
    return Objects.requireNonNull(pages.get(preset), preset);
  }

  private List<Path> both(String preset) {
    return List.of(page(reports, preset), page(studies, preset).resolve("report.html"));
  }

  @ParameterizedTest
  @MethodSource("presets")
  void shouldShowEveryFigureOnEveryScreen(String preset) {
    for (Path page : both(preset)) {
      for (int width : new int[] {DESK, PHONE}) {
        visitor.open(page, width, 900);
        visitor.answer(PageFaults.UNFOLD);
        String where = page + " at " + width;
        assertEquals(List.of(), visitor.complaints(), where);
        assertEquals(List.of(), visitor.texts(PageFaults.FIGURES), where);
        assertEquals(List.of(), visitor.texts(PageFaults.OVERFLOW), where);
        assertEquals(List.of(), visitor.texts(PageFaults.OUTLINE), where);
        assertEquals(
            0, visitor.number("return performance.getEntriesByType('resource').length"), where);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("presets")
  void shouldAnswerSliderClickAndKeys(String preset) {
    for (Path page : both(preset)) {
      visitor.open(page, DESK, 900);
      visitor.answer(PageFaults.UNFOLD);
      long explorers = visitor.number("return document.querySelectorAll('.explorer').length");
      assertTrue(explorers > 0, page.toString());
      // The one with most to choose from; a class may have no weight at all.
      visitor.answer(
          """
          document.documentElement.style.scrollBehavior = 'auto';
          const all = [...document.querySelectorAll('.explorer')];
          const parts = each => each.querySelectorAll('.part').length;
          all.sort((a, b) => parts(b) - parts(a))[0].id = 'asked';
          return true;
          """);
      long count = visitor.number("return document.querySelectorAll('#asked .part').length");
      assertTrue(count > 1, page + ": " + count);
      long start = visitor.number("return document.querySelector('#asked input').value | 0");
      assertTrue(start == Math.clamp(start, Math.min(count, 5), 10), page + ": " + start);
      assertEquals(
          start + " of " + count,
          visitor.text("return document.querySelector('#asked output').value"));
      assertEquals(
          start,
          visitor.number("return document.querySelectorAll('#asked .part:not(.off)').length"));
      WebElement slider = visitor.driver().findElement(By.cssSelector("#asked input[type=range]"));
      slider.sendKeys(Keys.HOME);
      assertEquals(
          "1 of " + count, visitor.text("return document.querySelector('#asked output').value"));
      assertEquals(
          "1",
          visitor.text(
              "return [...document.querySelectorAll('#asked .part:not(.off)')]"
                  + ".map(part => part.dataset.rank).join()"));
      slider.sendKeys(Keys.END);
      assertEquals(
          0, visitor.number("return document.querySelectorAll('#asked .part.off').length"));
      click(page);
      keys(page, count);
      assertEquals(List.of(), visitor.complaints(), page.toString());
    }
  }

  /** A real click in the middle of a superpixel, wherever it is scrolled to. */
  private void click(Path page) {
    visitor.answer(
        """
        document.querySelector('#asked svg.parts').scrollIntoView({block: 'center'});
        return true;
        """);
    @SuppressWarnings("unchecked") // Numbers, as the script has them.
    List<Number> hit =
        (List<Number>)
            visitor.answer(
                """
                for (const part of document.querySelectorAll('#asked .part')) {
                  const box = part.getBoundingClientRect();
                  for (let i = 1; i < 8; i++) {
                    for (let k = 1; k < 8; k++) {
                      const x = Math.floor(box.left + box.width * i / 8);
                      const y = Math.floor(box.top + box.height * k / 8);
                      if (document.elementFromPoint(x, y) === part) {
                        return [x, y, Number(part.dataset.superpixel)];
                      }
                    }
                  }
                }
                return [-1, -1, -1];
                """);
    assertTrue(hit.get(2).intValue() >= 0, page + ": no superpixel can be hit");
    new Actions(visitor.driver())
        .moveToLocation(hit.get(0).intValue(), hit.get(1).intValue())
        .click()
        .perform();
    String said = visitor.text("return document.querySelector('#asked p.picked').textContent");
    assertTrue(said.contains("Superpixel " + hit.get(2) + ": weight "), page + ": " + said);
    assertEquals(
        1, visitor.number("return document.querySelectorAll('#asked .part.picked').length"));
    assertTrue(
        visitor.holds(
            """
            const part = document.querySelector('#asked .part.picked');
            const said = document.querySelector('#asked p.picked').textContent;
            return said.includes(part.dataset.weight)
                && (!part.dataset.interval || said.includes(part.dataset.interval));
            """),
        said);
  }

  private void keys(Path page, long count) {
    WebElement picture = visitor.driver().findElement(By.cssSelector("#asked svg.parts"));
    picture.sendKeys(Keys.ESCAPE);
    assertEquals(
        0, visitor.number("return document.querySelectorAll('#asked .part.picked').length"));
    picture.sendKeys(Keys.ARROW_RIGHT);
    assertEquals("1", picked(), page.toString());
    picture.sendKeys(Keys.ARROW_RIGHT);
    assertEquals("2", picked());
    picture.sendKeys(Keys.ARROW_LEFT);
    picture.sendKeys(Keys.ARROW_LEFT);
    assertEquals("1", picked());
    for (int i = 0; i <= count; i++) {
      picture.sendKeys(Keys.ARROW_DOWN);
    }
    assertEquals(Long.toString(count), picked());
  }

  private String picked() {
    return visitor.text("return document.querySelector('#asked .part.picked').dataset.rank");
  }

  @Test
  void shouldShowAllWithoutScripts() {
    visitor.scripts(false);
    try {
      for (Path page : both("fast")) {
        visitor.open(page, DESK, 900);
        visitor.answer(PageFaults.UNFOLD);
        assertEquals(List.of(), visitor.texts(PageFaults.FIGURES), page.toString());
        assertEquals(
            0,
            visitor.number(
                "return [...document.querySelectorAll('input, button, .picked:not(.part)')]"
                    + ".filter(each => each.getClientRects().length > 0).length"),
            page + ": controls that do nothing");
      }
    } finally {
      visitor.scripts(true);
    }
  }

  @Test
  void shouldBeDarkForThoseWhoPreferIt() {
    for (Path page : both("default")) {
      String paper = "return getComputedStyle(document.body).backgroundColor";
      String plate = "return getComputedStyle(document.querySelector('svg.drawn rect')).fill";
      visitor.prefer("light");
      visitor.open(page, DESK, 900);
      String lightPaper = visitor.text(paper);
      String lightPlate = visitor.text(plate);
      visitor.prefer("dark");
      visitor.open(page, DESK, 900);
      String darkPaper = visitor.text(paper);
      String darkPlate = visitor.text(plate);
      assertEquals(List.of(), visitor.texts(PageFaults.FAINT), page.toString());
      visitor.prefer("light");
      assertNotEquals(lightPaper, darkPaper, page.toString());
      assertNotEquals(lightPlate, darkPlate, page.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("presets")
  void shouldPrintTenPagesAtMostWithTextToSelect(String preset) throws IOException {
    Path study = page(studies, preset);
    visitor.open(study.resolve("report.html"), DESK, 900);
    List<String> captions =
        visitor.texts(
            "return [...document.querySelectorAll('figcaption b, caption b, h1, h2')]"
                + ".map(each => each.textContent)");
    PrintedPages printed = PrintedPages.read(study.resolve("report.pdf"));
    String text = squeezed(printed.text());
    for (String caption : captions) {
      assertTrue(text.contains(squeezed(caption)), preset + " lacks “" + caption + "”");
    }
    int pages = printed.filled().size();
    assertTrue(pages <= 10, preset + ": " + pages);
    printed.assertGood(preset);
  }

  @ParameterizedTest
  @MethodSource("presets")
  void shouldShowPicturesOfAFigureEquallyLarge(String preset) {
    visitor.open(page(studies, preset).resolve("report.html"), DESK, 900);
    assertEquals(List.of(), visitor.texts(PageFaults.UNEQUAL), preset);
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void shouldOpenEveryFigureAsAFile() throws Exception {
    Path figures = page(studies, "fast").resolve("figures");
    List<Path> files;
    try (Stream<Path> all = Files.list(figures)) {
      files = all.sorted().toList();
    }
    List<Path> drawn = files.stream().filter(file -> file.toString().endsWith(".svg")).toList();
    assertTrue(drawn.size() > 50, drawn.size() + " figures");
    // Each as PNG and PDF too.
    assertEquals(3 * drawn.size(), files.size());
    for (Path svg : drawn) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      assertEquals(
          "svg",
          factory.newDocumentBuilder().parse(svg.toFile()).getDocumentElement().getLocalName());
      assertTrue(
          Files.size(Path.of(svg.toString().replaceFirst("svg$", "png"))) > 1000, svg.toString());
      assertTrue(
          Files.size(Path.of(svg.toString().replaceFirst("svg$", "pdf"))) > 1000, svg.toString());
    }
    for (Path svg : drawn.subList(0, 12)) {
      visitor.open(svg, DESK, 900);
      assertTrue(
          visitor.holds("return document.documentElement.getBoundingClientRect().width > 100"));
    }
    assertEquals(List.of(), visitor.complaints());
  }

  @Test
  void shouldKeepAStudyOfFourPicturesSmall() throws IOException {
    List<String> study = new ArrayList<>(List.of("study"));
    Bundled.pictures().stream().limit(4).map(Path::toString).forEach(study::add);
    study.addAll(List.of("--quiet", "--without", "pdf", "--out", folder.resolve("4").toString()));
    Commands.run(study.toArray(String[]::new));
    Path page = folder.resolve("4").resolve("study").resolve("report.html");
    assertTrue(Files.size(page) <= 6_000_000, Files.size(page) + " bytes");
    assertFalse(Files.exists(page.resolveSibling("report.pdf")));
    visitor.open(page, DESK, 900);
    System.out.println(
        "a study of 4 pictures: %d bytes, opened in %d ms"
            .formatted(
                Files.size(page),
                visitor.number(
                    "const t = performance.getEntriesByType('navigation')[0];"
                        + " return Math.round(t.loadEventEnd || t.domComplete)")));
  }
}
