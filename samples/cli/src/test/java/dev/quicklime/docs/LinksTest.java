package dev.quicklime.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The ways that lead through the documentation. */
class LinksTest {

  private static final int README_LINES = 150;

  @Test
  void shouldLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int checked = 0;
    for (Page page : Page.all()) {
      for (String link : page.links()) {
        if (link.contains("://")) {
          continue;
        }
        checked++;
        String[] parts = link.split("#", 2);
        Path target = target(page, parts[0]);
        if (!Files.exists(target)) {
          broken.add(page.name() + ": " + link);
        } else if (parts.length == 2 && !Page.read(target).anchors().contains(parts[1])) {
          broken.add(page.name() + ": " + link + ", where there is no such heading");
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(checked > 100, checked + " links");
  }

  @Test
  void shouldKeepTheReadmeShort() throws IOException {
    int lines = Page.read(Repository.root().resolve("README.md")).lines().size();
    assertTrue(lines <= README_LINES, "README.md has " + lines + " lines");
  }

  @Test
  void shouldReachEveryPageFromTheReadme() throws IOException {
    Path readme = Repository.root().resolve("README.md");
    Set<Path> reached = new HashSet<>(List.of(readme));
    Deque<Path> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      Page page = Page.read(next.remove());
      for (String link : page.links()) {
        Path target = target(page, link.split("#", 2)[0]);
        if (target.toString().endsWith(".md") && Files.exists(target) && reached.add(target)) {
          next.add(target);
        }
      }
    }
    List<Path> pages = Repository.files(Repository.root().resolve("docs"), ".md");
    assertTrue(pages.size() > 10, pages.toString());
    assertEquals(List.of(), pages.stream().filter(page -> !reached.contains(page)).toList());
  }

  @Test
  void shouldBeginEveryPageWithLinksToItsSections() throws IOException {
    for (Path file : Repository.files(Repository.root().resolve("docs"), ".md")) {
      Page page = Page.read(file);
      List<String> sections = new ArrayList<>();
      List<String> anchors = page.anchors();
      for (int i = 0; i < anchors.size(); i++) {
        if (page.headings().get(i).level() == 2) {
          sections.add("#" + anchors.get(i));
        }
      }
      List<String> filled = page.lines().stream().filter(line -> !line.isBlank()).toList();
      assertTrue(filled.getFirst().startsWith("# "), page.name() + " must begin with its title");
      assertEquals(sections, Page.links(filled.get(1)), page.name() + " and its line of contents");
    }
  }

  private static Path target(Page page, String path) {
    return path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
  }
}
