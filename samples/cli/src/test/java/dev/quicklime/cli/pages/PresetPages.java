package dev.quicklime.cli.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.Commands;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/** What a reader finds in the pages that one command writes by each preset. */
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PresetPages {

  static final int DESK = 1280;
  private static final int PHONE = 390;

  private final Map<String, Path> pages = new HashMap<>();
  private Visitor visitor;

  static List<String> presets() {
    return Commands.presets();
  }

  /** Writes the page of a preset somewhere into a folder. */
  abstract Path write(String preset, Path folder);

  @BeforeAll
  void writePages(@TempDir Path folder) {
    for (String preset : presets()) {
      pages.put(preset, write(preset, folder));
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

  final Path page(String preset) {
    return Objects.requireNonNull(pages.get(preset), preset);
  }

  final Visitor visitor() {
    return visitor;
  }

  @ParameterizedTest
  @MethodSource("presets")
  void shouldShowEveryFigureOnEveryScreen(String preset) {
    Path page = page(preset);
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

  @ParameterizedTest
  @MethodSource("presets")
  void shouldAnswerSliderClickAndKeys(String preset) {
    Path page = page(preset);
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
        start, visitor.number("return document.querySelectorAll('#asked .part:not(.off)').length"));
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
    assertEquals(0, visitor.number("return document.querySelectorAll('#asked .part.off').length"));
    click(page);
    keys(page, count);
    assertEquals(List.of(), visitor.complaints(), page.toString());
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
      Path page = page("fast");
      visitor.open(page, DESK, 900);
      visitor.answer(PageFaults.UNFOLD);
      assertEquals(List.of(), visitor.texts(PageFaults.FIGURES), page.toString());
      assertEquals(
          0,
          visitor.number(
              "return [...document.querySelectorAll('input, button, .picked:not(.part)')]"
                  + ".filter(each => each.getClientRects().length > 0).length"),
          page + ": controls that do nothing");
    } finally {
      visitor.scripts(true);
    }
  }

  @Test
  void shouldBeDarkForThoseWhoPreferIt() {
    Path page = page("default");
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
