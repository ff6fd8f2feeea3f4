package dev.quicklime.cli.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.Commands;
import dev.quicklime.scenes.Bundled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Opens a report and looks at what it says before anybody scrolls. */
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstScreenInBrowserTest {

  private static final int DESK = 1280;
  private static final int PHONE = 390;

  @TempDir private static Path folder;

  private Path page;
  private Visitor visitor;

  @BeforeAll
  void writePage() {
    Path picture =
        Bundled.pictures().stream()
            .filter(each -> each.endsWith("star-on-bricks.png"))
            .findFirst()
            .orElseThrow();
    Commands.run("explain", picture.toString(), "--quiet", "--out", folder.toString());
    page = folder.resolve("star-on-bricks").resolve("report.html");
    visitor = new Visitor(folder.resolve("profile"));
  }

  @AfterAll
  void leave() {
    if (visitor != null) {
      visitor.close();
    }
  }

  @Test
  void shouldAnswerBeforeAnybodyScrolls() {
    visitor.open(page, DESK, 800);
    assertEquals(List.of(), visitor.texts(PageFaults.BELOW));
    visitor.open(page, PHONE, 844);
    assertEquals(List.of(), visitor.texts(PageFaults.BELOW));
    assertEquals(List.of(), visitor.texts(PageFaults.OVERFLOW));
  }

  @Test
  void shouldGoFromTheAnswerToClassesAndFromTheseToTheMethod() {
    visitor.open(page, DESK, 800);
    assertTrue(
        visitor.holds(
            """
            const top = selector => document.querySelector(selector).getBoundingClientRect().top;
            return top('.first') < top('.class') && top('.class') < top('#samples')
                && top('#samples') < top('#reading') && top('#reading') < top('#times');
            """));
  }

  @Test
  void shouldFoldClassesAwayThatAreHardlyLikely() {
    visitor.open(page, DESK, 800);
    assertTrue(visitor.number("return document.querySelectorAll('.class').length") > 1);
    assertEquals(
        List.of(),
        visitor.texts(
            """
            return [...document.querySelectorAll('.class details')]
                .filter(each => each.open || each.getBoundingClientRect().height > 80)
                .map(each => each.textContent.slice(0, 60));
            """));
    assertEquals(
        0, visitor.number("return document.querySelectorAll('.class details details').length"));
    assertTrue(visitor.number("return document.querySelectorAll('.class details').length") > 0);
    visitor.answer("document.querySelector('.class details summary').click(); return true;");
    assertTrue(
        visitor.holds(
            "return document.querySelector('.class details svg.parts')"
                + ".getBoundingClientRect().height > 100"));
  }

  @Test
  void shouldBeWalkedThroughByKeys() {
    visitor.open(page, DESK, 800);
    WebElement body = visitor.driver().findElement(By.tagName("body"));
    body.sendKeys(Keys.TAB);
    List<String> met = new ArrayList<>();
    // From the links of the scores to the picture of the first class and its slider.
    for (int i = 0; i < 12 && !met.contains("input"); i++) {
      met.add(focused());
      visitor.driver().switchTo().activeElement().sendKeys(Keys.TAB);
    }
    assertTrue(met.indexOf("a") >= 0 && met.indexOf("a") < met.indexOf("svg"), "" + met);
    assertTrue(met.indexOf("svg") < met.indexOf("input"), "" + met);
    visitor.open(page, DESK, 800);
    WebElement slider =
        visitor.driver().findElement(By.cssSelector(".class .explorer input[type=range]"));
    slider.sendKeys(Keys.HOME);
    slider.sendKeys(Keys.ARROW_RIGHT);
    assertEquals(
        2,
        visitor.number(
            "return document.querySelectorAll('.explorer .part:not(.off)').length"
                + " - document.querySelectorAll('.class details .part:not(.off)').length"));
    WebElement parts = visitor.driver().findElement(By.cssSelector(".class .explorer svg.parts"));
    parts.sendKeys(Keys.ARROW_RIGHT);
    String strongest =
        visitor.text("return document.querySelector('.strongest tbody th').textContent");
    String said = visitor.text("return document.querySelector('.explorer p.picked').textContent");
    assertTrue(said.startsWith("Superpixel " + strongest + ": weight "), said);
  }

  private String focused() {
    return visitor.text("return document.activeElement.tagName.toLowerCase()");
  }

  @Test
  void shouldTintAsStronglyAsWeightsAre() {
    visitor.open(page, DESK, 800);
    assertEquals(
        List.of(),
        visitor.texts(
            """
            const wrong = [];
            for (const each of document.querySelectorAll('.explorer')) {
              const parts = [...each.querySelectorAll('.part')];
              const weight = part => Math.abs(Number(part.dataset.weight.replace('−', '-')));
              const tint = part => Number(part.style.getPropertyValue('--tint'));
              parts.sort((a, b) => Number(a.dataset.rank) - Number(b.dataset.rank));
              const [first] = parts;
              for (const part of parts) {
                const expected = tint(first) * weight(part) / weight(first);
                if (Math.abs(tint(part) - expected) > 0.01) {
                  wrong.push(`${part.dataset.superpixel}: ${tint(part)}, not ${expected}`);
                }
              }
            }
            return wrong;
            """));
    // What the table names is on the picture.
    assertEquals(
        visitor.texts(
            "return [...document.querySelectorAll('.strongest tbody th')]"
                + ".map(each => each.textContent).sort()"),
        visitor.texts(
            "return [...document.querySelectorAll('.first .tags text')]"
                + ".map(each => each.textContent).sort()"));
  }

  @Test
  void shouldBeReadInTheDarkAndInTheLight() {
    for (String scheme : List.of("dark", "light")) {
      visitor.prefer(scheme);
      for (int width : new int[] {DESK, PHONE}) {
        visitor.open(page, width, 844);
        visitor.answer(PageFaults.UNFOLD);
        assertEquals(List.of(), visitor.texts(PageFaults.CONTRAST), scheme + " at " + width);
        assertEquals(List.of(), visitor.texts(PageFaults.FAINT), scheme + " at " + width);
      }
    }
  }

  @Test
  void shouldPrintTheAnswerOnTheFirstPage() throws IOException {
    visitor.open(page, DESK, 800);
    try (PDDocument printed = Loader.loadPDF(visitor.printed())) {
      PDFTextStripper text = new PDFTextStripper();
      text.setEndPage(1);
      String first = text.getText(printed).replaceAll("\\s+", " ");
      for (String said :
          List.of(
              "Figure 2.", "follows the model", "95 % interval", "1,000 samples", "raw score")) {
        assertTrue(first.contains(said), said + " in " + first);
      }
      assertTrue(printed.getNumberOfPages() <= 6, printed.getNumberOfPages() + " pages");
    }
  }
}
