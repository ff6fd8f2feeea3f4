package dev.quicklime.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.bench.Announcement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  private static Catalogue of(String... names) {
    TreeMap<String, Known> all = new TreeMap<>();
    for (String name : names) {
      all.put(name, new Known(name, Map.of(), false));
    }
    return new Catalogue(all);
  }

  /** All but those that only tests have. */
  private static Set<String> classes() {
    Set<String> classes =
        Catalogue.read().all().keySet().stream()
            .map(name -> name.substring(0, name.lastIndexOf('.')))
            .filter(name -> !name.contains(".Planted"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(classes.size() >= 16, "found only " + classes);
    return classes;
  }

  @Test
  void shouldFindABenchmarkByTheEndOfItsName() {
    Catalogue catalogue = of("a.b.Copy.run", "a.c.Compose.run");
    assertEquals("a.b.Copy.run", catalogue.find("Copy.run").name());
    assertEquals("a.c.Compose.run", catalogue.find("a.c.Compose.run").name());
  }

  @Test
  void shouldNotGuessWhichOfTwoIsMeant() {
    Catalogue catalogue = of("a.Copy.run", "b.Copy.run", "b.Copying.walk");
    InvalidInputException two =
        assertThrows(InvalidInputException.class, () -> catalogue.find("Copy.run"));
    assertEquals("Copy.run may mean a.Copy.run or b.Copy.run", two.getMessage());
    // An ending is whole words, not letters.
    assertThrows(InvalidInputException.class, () -> catalogue.find("ying.walk"));
  }

  @Test
  void shouldReadTheValuesOfParameters() {
    Known forward = Catalogue.read().find("ForwardBenchmark.forward");
    assertEquals(
        Map.of(
            "batch",
            List.of("1", "16", "64"),
            "network",
            List.of("BUNDLED", "RESNET50"),
            "precision",
            List.of("FP32", "BF16")),
        forward.params());
    assertFalse(forward.ownJvm());
  }

  @Test
  void shouldHaveATestForEveryBenchmark() {
    List<String> untested = classes().stream().filter(name -> !exists(name + "Test")).toList();
    assertEquals(List.of(), untested);
  }

  @Test
  void shouldSayInEveryForkWhatIsMeasured() throws ClassNotFoundException {
    for (String name : classes()) {
      assertTrue(
          Arrays.stream(Class.forName(name).getMethods())
              .map(Method::getParameterTypes)
              .anyMatch(types -> List.of(types).contains(Announcement.class)),
          name + " needs a method that takes the state Announcement");
    }
  }

  private static boolean exists(String name) {
    try {
      Class.forName(name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
