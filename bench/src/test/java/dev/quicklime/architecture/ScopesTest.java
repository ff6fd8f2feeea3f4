package dev.quicklime.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * What a module needs at run time must not be declared for its tests alone: Maven lets the nearest
 * declaration win, so that a library which another module brings is then missing when the program
 * runs, while all tests pass.
 */
class ScopesTest {

  /** A library or a module as a pom names it. */
  private record Use(String artifact, String classifier, String scope) {
    String key() {
      return classifier.isEmpty() ? artifact : artifact + ":" + classifier;
    }

    boolean transitive() {
      return scope.isEmpty() || "compile".equals(scope) || "runtime".equals(scope);
    }
  }

  private record Pom(String artifact, Path file, List<Use> uses) {}

  private final Map<String, Pom> poms =
      Module.all().stream()
          .map(module -> read(module.folder().resolve("pom.xml")))
          .collect(Collectors.toMap(Pom::artifact, Function.identity()));

  @Test
  void shouldNotKeepForTestsWhatAnotherModuleBrings() {
    assertTrue(poms.size() >= 10, "found only " + poms.keySet());
    List<String> hidden = new ArrayList<>();
    for (Pom pom : poms.values()) {
      Set<String> brought = new HashSet<>();
      pom.uses().stream().filter(Use::transitive).forEach(use -> collect(use, brought));
      pom.uses().stream()
          .filter(use -> "test".equals(use.scope()) && brought.contains(use.key()))
          .forEach(use -> hidden.add(pom.file() + ": " + use.key()));
    }
    assertEquals(List.of(), hidden, "for tests alone, but needed at run time");
  }

  private void collect(Use use, Set<String> brought) {
    Pom pom = poms.get(use.artifact());
    if (brought.add(use.key()) && pom != null) {
      pom.uses().stream().filter(Use::transitive).forEach(next -> collect(next, brought));
    }
  }

  private static Pom read(Path file) {
    Element project;
    try {
      project =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(file.toFile())
              .getDocumentElement();
    } catch (Exception e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
    List<Use> uses = new ArrayList<>();
    for (Element dependencies : children(project, "dependencies")) {
      for (Element dependency : children(dependencies, "dependency")) {
        uses.add(
            new Use(
                text(dependency, "artifactId"),
                text(dependency, "classifier"),
                text(dependency, "scope")));
      }
    }
    return new Pom(text(project, "artifactId"), file, List.copyOf(uses));
  }

  private static String text(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? "" : found.getFirst().getTextContent().strip();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      Node node = nodes.item(i);
      if (node instanceof Element element && name.equals(element.getTagName())) {
        found.add(element);
      }
    }
    return found;
  }
}
