package dev.quicklime.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Sources stay small, and so do packages. */
class SourceSizesTest {
  private static final int LONGEST = 400;
  private static final int MEDIAN = 110;
  private static final int NINE_IN_TEN = 300;
  private static final int FILES_IN_A_PACKAGE = 30;

  /** Fewer than there are in any state of the project. */
  private static final int LEAST_SOURCES = 500;

  private static final int LEAST_TESTS = 200;

  @Test
  void shouldKeepFilesShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    for (Path source : sources()) {
      int lines = Files.readAllLines(source).size();
      if (!source.endsWith("package-info.java")) {
        lengths.add(lines);
      }
      if (lines > LONGEST) {
        tooLong.add(source + ": " + lines);
      }
    }
    assertEquals(List.of(), tooLong, "longer than %d lines".formatted(LONGEST));
    lengths.sort(null);
    assertTrue(lengths.size() >= LEAST_SOURCES, "found only " + lengths.size());
    int median = lengths.get(lengths.size() / 2);
    int large = lengths.get(lengths.size() * 9 / 10);
    assertTrue(median <= MEDIAN, "half of the files have %d lines or more".formatted(median));
    assertTrue(large <= NINE_IN_TEN, "a tenth of the files has %d lines or more".formatted(large));
  }

  @Test
  void shouldKeepTestsShort() throws IOException {
    List<Path> tests = sources(Module::tests);
    assertTrue(tests.size() >= LEAST_TESTS, "found only " + tests.size());
    List<String> tooLong = new ArrayList<>();
    for (Path test : tests) {
      int lines = Files.readAllLines(test).size();
      if (lines > LONGEST) {
        tooLong.add(test + ": " + lines);
      }
    }
    assertEquals(List.of(), tooLong, "longer than %d lines".formatted(LONGEST));
  }

  @Test
  void shouldKeepPackagesSmall() {
    Map<Path, Integer> files = new TreeMap<>();
    sources().forEach(source -> files.merge(source.getParent(), 1, Integer::sum));
    assertTrue(files.size() >= 20, "found only " + files.keySet());
    files.values().removeIf(count -> count <= FILES_IN_A_PACKAGE);
    assertEquals(Map.of(), files, "more than %d files".formatted(FILES_IN_A_PACKAGE));
  }

  private static List<Path> sources() {
    return sources(Module::sources);
  }

  private static List<Path> sources(Function<Module, Path> folder) {
    return Module.all().stream()
        .flatMap(module -> Module.files(folder.apply(module), ".java").stream())
        .toList();
  }
}
