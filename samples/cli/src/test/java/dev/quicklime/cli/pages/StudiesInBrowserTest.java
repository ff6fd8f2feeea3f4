package dev.quicklime.cli.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.Commands;
import dev.quicklime.scenes.Bundled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Opens a study by every preset as a reader does. */
class StudiesInBrowserTest extends PresetPages {

  @Override
  Path write(String preset, Path folder) {
    List<String> study = new ArrayList<>(List.of("study"));
    Bundled.pictures().stream().limit(3).map(Path::toString).forEach(study::add);
    Path out = folder.resolve(preset);
    study.addAll(List.of("--preset", preset, "--quiet", "--out", out.toString()));
    // Pages are laid out alike whatever the number of samples; one study has as many as users'.
    if (!preset.equals("default")) {
      study.add("--samples=160");
    }
    Commands.run(study.toArray(String[]::new));
    return out.resolve("study").resolve("report.html");
  }

  @ParameterizedTest
  @MethodSource("presets")
  void shouldPrintTenPagesAtMostWithTextToSelect(String preset) throws IOException {
    Path page = page(preset);
    visitor().open(page, DESK, 900);
    List<String> captions =
        visitor()
            .texts(
                "return [...document.querySelectorAll('figcaption b, caption b, h1, h2')]"
                    + ".map(each => each.textContent)");
    PrintedPages printed = PrintedPages.read(page.resolveSibling("report.pdf"));
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
    visitor().open(page(preset), DESK, 900);
    assertEquals(List.of(), visitor().texts(PageFaults.UNEQUAL), preset);
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void shouldOpenEveryFigureAsAFile() throws Exception {
    Path figures = page("fast").resolveSibling("figures");
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
      visitor().open(svg, DESK, 900);
      assertTrue(
          visitor().holds("return document.documentElement.getBoundingClientRect().width > 100"));
    }
    assertEquals(List.of(), visitor().complaints());
  }
}
