package dev.quicklime.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rules over classes that were not read always hold. */
class ScanTest {

  @Test
  void shouldKnowEveryModule() {
    List<String> names = Module.PRODUCT.stream().map(Module::name).toList();
    assertEquals(
        List.of(
            "core", "files", "nd4j", "onnx", "report", "testkit", "torch", //
            "cli", "scenes", "serve", "spark"),
        names);
  }

  @Test
  void shouldHaveReadEveryClassFileOfEveryModule() {
    for (Module module : Module.PRODUCT) {
      long read = Product.CLASSES.stream().filter(Product.in(module.name())).count();
      long written =
          Module.files(module.classes(), ".class").stream()
              .filter(file -> !file.endsWith("module-info.class"))
              .count();
      assertEquals(written, read, "classes of " + module.name());
    }
  }

  @Test
  void shouldHaveReadClassesOfTheSourcesThatAreThere() {
    for (Module module : Module.PRODUCT) {
      long read = Product.CLASSES.stream().filter(Product.in(module.name())).count();
      long sources = withoutPackageInfo(Module.files(module.sources(), ".java"));
      assertTrue(
          read >= sources && read <= 6 * sources,
          "%s has %d sources, and %d classes of it were read"
              .formatted(module.name(), sources, read));
    }
  }

  @Test
  void shouldHaveEachPackageInOneModuleOnly() {
    // Elsewhere than on a class path a package that two modules share is an error.
    Map<String, String> owners = new TreeMap<>();
    for (Module module : Module.PRODUCT) {
      for (Path file : Module.files(module.sources(), ".java")) {
        String name = String.valueOf(module.sources().relativize(file).getParent());
        String owner = owners.putIfAbsent(name, module.name());
        assertTrue(
            owner == null || owner.equals(module.name()),
            "%s is in %s and in %s".formatted(name, owner, module.name()));
      }
    }
    assertTrue(owners.size() >= 20, "found only " + owners);
  }

  private static long withoutPackageInfo(List<Path> files) {
    return files.stream().filter(file -> !file.endsWith("package-info.java")).count();
  }
}
