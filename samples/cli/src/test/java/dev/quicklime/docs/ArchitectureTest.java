package dev.quicklime.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/architecture.md beside what is on disk. */
class ArchitectureTest {

  /**
   * {@code | `core` | `dev.quicklime` | what for |}, the module and its package; or those that the
   * first name, ending with a dot, is the beginning of.
   */
  private static final Pattern PACKAGE =
      Pattern.compile(
          "^\\| `([a-z0-9]+)` \\| `(dev\\.quicklime[a-z0-9.]*)`((?: `[a-z0-9]+`)*) \\|.*");

  /** {@code | `core` | `quicklime-core` | what for | … |}, the module and its artifact. */
  private static final Pattern MODULE =
      Pattern.compile("^\\| `([a-z0-9]+)` \\| `(quicklime-[a-z0-9-]+)`() \\|.*");

  private static final Pattern ARTIFACT =
      Pattern.compile("</parent>.*?<artifactId>([^<]+)</artifactId>", Pattern.DOTALL);

  @Test
  void shouldNameEveryPackageOfTheEngineAndNoOther() throws IOException {
    Path engine = Repository.root().resolve("engine");
    SortedSet<String> found = new TreeSet<>();
    for (Path source : Repository.files(engine, ".java")) {
      Path below = engine.relativize(source);
      if (below.startsWith(below.getName(0).resolve("src/main/java"))) {
        Path folder = below.subpath(4, below.getNameCount() - 1);
        found.add(below.getName(0) + " " + folder.toString().replace('/', '.'));
      }
    }
    assertTrue(found.size() > 15, found.toString());
    assertEquals(String.join("\n", found), String.join("\n", rows(PACKAGE)));
  }

  @Test
  void shouldNameEveryModuleOfTheEngineAndNoOther() throws IOException {
    SortedSet<String> found = new TreeSet<>();
    try (Stream<Path> folders = Files.list(Repository.root().resolve("engine"))) {
      for (Path folder : folders.filter(f -> Files.exists(f.resolve("pom.xml"))).toList()) {
        Matcher artifact = ARTIFACT.matcher(Files.readString(folder.resolve("pom.xml")));
        assertTrue(artifact.find(), folder + " has no artifact");
        found.add(folder.getFileName() + " " + artifact.group(1));
      }
    }
    assertTrue(found.size() > 5, found.toString());
    assertEquals(String.join("\n", found), String.join("\n", rows(MODULE)));
  }

  private static SortedSet<String> rows(Pattern row) throws IOException {
    SortedSet<String> rows = new TreeSet<>();
    for (String line :
        Files.readAllLines(Repository.root().resolve("docs").resolve("architecture.md"))) {
      Matcher found = row.matcher(line);
      if (found.matches()) {
        String first = found.group(1) + " " + found.group(2);
        assertEquals(first.endsWith("."), !found.group(3).isEmpty(), line);
        for (String last : found.group(3).replace("`", "").split(" ", -1)) {
          if (!last.isEmpty() || !first.endsWith(".")) {
            assertTrue(rows.add(first + last), "twice: " + line);
          }
        }
      }
    }
    return rows;
  }
}
