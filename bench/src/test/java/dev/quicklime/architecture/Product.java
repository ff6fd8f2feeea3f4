package dev.quicklime.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.List;

/** The classes of the product, read once for all rules, and how rules are put to them. */
final class Product {
  static final String ROOT = "dev.quicklime";

  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importPaths(Module.PRODUCT.stream().map(Module::classes).toArray(Path[]::new));

  private Product() {}

  /** Fails where the rule is broken, and where it is about nothing. */
  static void check(ArchRule rule) {
    rule.allowEmptyShould(false).check(CLASSES);
  }

  static DescribedPredicate<JavaClass> in(String module) {
    return DescribedPredicate.describe(
        "in the module " + module,
        type -> Module.of(type).filter(found -> found.name().equals(module)).isPresent());
  }

  /** Classes in a package that is closed: `internal`, or below one. */
  static DescribedPredicate<JavaClass> internal() {
    return DescribedPredicate.describe("internal", Product::isInternal);
  }

  static boolean isInternal(JavaClass type) {
    return List.of(type.getPackageName().split("\\.")).contains("internal");
  }

  /**
   * A rule that forbids to all what one place may do is worth nothing where that place does not.
   */
  static void assertUsed(String library, DescribedPredicate<JavaClass> owner) {
    assertFalse(
        CLASSES.stream()
            .filter(owner)
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .noneMatch(use -> use.getTargetClass().getPackageName().startsWith(library)),
        "nothing %s uses %s".formatted(owner.getDescription(), library));
  }

  /** One line for each pair of classes; every call between them would be too many to read. */
  static ConditionEvent violated(Dependency use, String why) {
    return SimpleConditionEvent.violated(
        use,
        "%s uses %s (%s)"
            .formatted(use.getOriginClass().getName(), use.getTargetClass().getName(), why));
  }
}
