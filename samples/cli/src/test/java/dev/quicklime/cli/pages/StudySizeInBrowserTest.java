package dev.quicklime.cli.pages;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.Commands;
import dev.quicklime.scenes.Bundled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of a study of several pictures, and the time that it takes to open. */
@NeedsBrowser
class StudySizeInBrowserTest {

  @Test
  void shouldKeepAStudyOfFourPicturesSmall(@TempDir Path folder) throws IOException {
    List<String> study = new ArrayList<>(List.of("study"));
    Bundled.pictures().stream().limit(4).map(Path::toString).forEach(study::add);
    study.addAll(List.of("--quiet", "--without", "pdf", "--out", folder.resolve("4").toString()));
    Commands.run(study.toArray(String[]::new));
    Path page = folder.resolve("4").resolve("study").resolve("report.html");
    assertTrue(Files.size(page) <= 6_000_000, Files.size(page) + " bytes");
    assertFalse(Files.exists(page.resolveSibling("report.pdf")));
    try (Visitor visitor = new Visitor(folder.resolve("profile"))) {
      visitor.open(page, 1280, 900);
      System.out.println(
          "a study of 4 pictures: %d bytes, opened in %d ms"
              .formatted(
                  Files.size(page),
                  visitor.number(
                      "const t = performance.getEntriesByType('navigation')[0];"
                          + " return Math.round(t.loadEventEnd || t.domComplete)")));
    }
  }
}
