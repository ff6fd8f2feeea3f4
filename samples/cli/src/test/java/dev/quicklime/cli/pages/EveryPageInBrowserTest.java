package dev.quicklime.cli.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.quicklime.cli.Commands;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.scenes.SceneGenerator;
import dev.quicklime.scenes.model.SceneModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** Opens a page of every kind in the dark and in the light, walks through it by keys, prints it. */
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryPageInBrowserTest {

  private static final int DESK = 1280;
  private static final int PHONE = 390;

  /** More than anything has on its pages that can be reached by keys. */
  private static final int MOST_STOPS = 200;

  @TempDir private static Path folder;

  private final SequencedMap<String, Path> pages = new LinkedHashMap<>();
  private Visitor visitor;

  static List<String> kinds() {
    return List.of("explanation", "study", "gradcam", "video", "row", "profile");
  }

  @BeforeAll
  void writePages() throws IOException {
    List<String> pictures = Bundled.pictures().stream().map(Path::toString).toList();
    String first = pictures.getFirst();
    write(
        "explanation",
        "explain",
        first,
        "--samples=200",
        "--with-gradcam",
        "--fidelity",
        "--quiet");
    write(
        "study",
        "study",
        first,
        pictures.get(1),
        "--samples=200",
        "--without=pdf,profile,fidelity",
        "--quiet");
    write("gradcam", "gradcam", first, "--quiet");
    write("video", "gradcam", frames().toString(), "--video", "--quiet");
    write("row", "tabular", "--quiet");
    write(
        "profile",
        "profile",
        "--scenes=1",
        "--tiles=4x4",
        "--samples=50,100,200",
        "--seeds=3",
        "--reference=2000",
        "--stop=0.05");
    visitor = new Visitor(folder.resolve("browser"));
  }

  private static Path frames() throws IOException {
    Path frames = Files.createDirectory(folder.resolve("frames"));
    SceneGenerator generator = new SceneGenerator(5, SceneModel.SIDE, SceneModel.SIDE);
    for (int i = 0; i < 4; i++) {
      ImageFiles.writePng(generator.scene(i).image(), frames.resolve("f" + i + ".png"));
    }
    return frames;
  }

  private void write(String kind, String... command) throws IOException {
    Path out = folder.resolve(kind);
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--out", out.toString()));
    Commands.run(words.toArray(String[]::new));
    try (var found = Files.walk(out)) {
      pages.put(
          kind,
          found
              .filter(file -> file.endsWith("report.html") || file.endsWith("profile.html"))
              .findFirst()
              .orElseThrow());
    }
  }

  @AfterAll
  void leave() {
    if (visitor != null) {
      visitor.close();
    }
  }

  private Path page(String kind) {
    return Objects.requireNonNull(pages.get(kind), kind);
  }

  /** Opens a page and all that is folded on it. */
  private void unfold(String kind, int width) {
    visitor.open(page(kind), width, 844);
    visitor.answer(PageFaults.UNFOLD);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldBeReadInTheDarkAndInTheLightOnEveryScreen(String kind) {
    for (String scheme : List.of("dark", "light")) {
      visitor.prefer(scheme);
      for (int width : new int[] {DESK, PHONE}) {
        unfold(kind, width);
        String where = kind + ", " + scheme + " at " + width;
        assertEquals(List.of(), visitor.texts(PageFaults.CONTRAST), where);
        assertEquals(List.of(), visitor.texts(PageFaults.FAINT), where);
        assertEquals(List.of(), visitor.texts(PageFaults.OVERFLOW), where);
        assertEquals(List.of(), visitor.texts(PageFaults.OUTLINE), where);
        assertEquals(List.of(), visitor.complaints(), where);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldShowEveryMarkOfItsChartsInTheDarkAndInTheLight(String kind) {
    for (String scheme : List.of("dark", "light")) {
      visitor.prefer(scheme);
      unfold(kind, DESK);
      assertEquals(List.of(), visitor.texts(PageMarks.FAINT), kind + " " + scheme);
      // A picture of a chart would stay white on a dark page.
      assertEquals(0, visitor.number("return document.images.length"), kind);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldBeWalkedThroughByKeysInTheOrderOfThePage(String kind) {
    for (String scheme : List.of("dark", "light")) {
      visitor.prefer(scheme);
      visitor.open(page(kind), DESK, 800);
      List<String> expected = visitor.texts(PageFaults.STOPS);
      Set<String> met = new LinkedHashSet<>();
      // A video's own controls are several.
      for (int i = 0; i < MOST_STOPS; i++) {
        press(Keys.TAB);
        String stop = visitor.text(PageFaults.STOP);
        if (stop.isEmpty()) {
          break;
        }
        met.add(stop);
        assertEquals(List.of(), visitor.texts(PageFaults.FOCUS), kind + " " + scheme);
      }
      assertEquals(expected, List.copyOf(met), kind + " " + scheme);
      assertFalse(expected.isEmpty(), kind);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"explanation", "study"})
  void shouldAnswerKeysAtSliderAndSuperpixelsInTheDarkAndInTheLight(String kind) {
    for (String scheme : List.of("dark", "light")) {
      visitor.prefer(scheme);
      visitor.open(page(kind), DESK, 800);
      String where = kind + " " + scheme;
      tabTo("svg");
      assertEquals(List.of(), visitor.texts(PageFaults.FOCUS), where);
      press(Keys.ARROW_RIGHT);
      press(Keys.ARROW_RIGHT);
      assertEquals("2", picked(), where);
      press(Keys.ARROW_LEFT);
      assertEquals("1", picked(), where);
      tabTo("input");
      assertEquals(List.of(), visitor.texts(PageFaults.FOCUS), where);
      press(Keys.HOME);
      assertEquals("1", shown(), where);
      press(Keys.ARROW_RIGHT);
      press(Keys.ARROW_RIGHT);
      assertEquals("1,2,3", shown(), where);
      // What is picked stays as long as it is shown.
      assertEquals("1", picked(), where);
    }
  }

  private void tabTo(String tag) {
    for (int i = 0; i < MOST_STOPS; i++) {
      press(Keys.TAB);
      if (visitor.holds("return document.activeElement.localName === '" + tag + "'")) {
        return;
      }
    }
    throw new AssertionError("no " + tag + " is reached by keys");
  }

  private void press(Keys key) {
    new Actions(visitor.driver()).sendKeys(key).perform();
  }

  private String picked() {
    return ranks(".part.picked");
  }

  private String shown() {
    return ranks(".part:not(.off)");
  }

  /** Of the figure that is walked through, in their order. */
  private String ranks(String selector) {
    return visitor.text(
        "return [...document.activeElement.closest('.explorer').querySelectorAll('"
            + selector
            + "')].map(part => Number(part.dataset.rank)).sort((a, b) => a - b).join()");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldPrintFullPagesOfLettersThatCanBeRead(String kind) throws IOException {
    visitor.prefer("light");
    visitor.open(page(kind), DESK, 800);
    PrintedPages printed = PrintedPages.read(visitor.printed());
    printed.assertGood(kind);
    visitor.prefer("dark");
    visitor.open(page(kind), DESK, 800);
    // Paper is light, whatever its reader prefers on screens.
    assertEquals(printed.ink(), PrintedPages.read(visitor.printed()).ink(), kind);
  }
}
