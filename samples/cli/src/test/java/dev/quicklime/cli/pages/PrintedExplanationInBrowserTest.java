package dev.quicklime.cli.pages;

import dev.quicklime.cli.Commands;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.scenes.SceneGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prints explanations of pictures of other shapes, with other figures. */
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrintedExplanationInBrowserTest {

  private static final int DESK = 1280;

  @TempDir private static Path folder;

  private Visitor visitor;

  @BeforeAll
  void enter() {
    visitor = new Visitor(folder.resolve("browser"));
    visitor.prefer("light");
  }

  @AfterAll
  void leave() {
    if (visitor != null) {
      visitor.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "wide, 360, 200, --surrogate=shapley --segments=30",
    "tall, 200, 380, --surrogate=ridge --segments=150",
    "small, 64, 64, --segments=60 --top=5"
  })
  void shouldPrintFullPagesOfLettersThatCanBeRead(
      String name, int width, int height, String options) throws IOException {
    Image picture = new SceneGenerator(3, width, height).scene(0).image();
    Path file = folder.resolve(name + ".png");
    ImageFiles.writePng(picture, file);
    Path out = folder.resolve(name);
    List<String> words =
        new ArrayList<>(
            List.of("explain", file.toString(), "--quiet", "--samples=200", "--out=" + out));
    words.addAll(List.of(options.split(" ")));
    Commands.run(words.toArray(String[]::new));
    visitor.open(out.resolve(name).resolve("report.html"), DESK, 800);
    PrintedPages.read(visitor.printed()).assertGood(name);
  }
}
