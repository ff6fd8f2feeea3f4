package dev.quicklime.cli;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandArchitectureTest {

  /** Rules over nothing always hold. */
  private static final int LEAST_CLASSES_SCANNED = 60;

  private static final List<String> COMMANDS =
      List.of(
          "explain",
          "study",
          "refit",
          "profile",
          "gradcam",
          "network",
          "tabular",
          "importing",
          "scenes",
          "serve",
          "doctor");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/test/"))
          .importPackages("dev.quicklime.cli");

  @Test
  void shouldHaveScannedTheCommands() {
    assertTrue(
        CLASSES.size() >= LEAST_CLASSES_SCANNED,
        "scanned only " + CLASSES.size() + " of at least " + LEAST_CLASSES_SCANNED + " classes");
  }

  @Test
  void shouldHaveNoCyclesAmongPackages() {
    slices().matching("dev.quicklime.(cli..)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void shouldKeepEveryCommandToItself() {
    for (String command : COMMANDS) {
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackages("dev.quicklime.cli", "dev.quicklime.cli." + command)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.quicklime.cli." + command)
          .check(CLASSES);
    }
  }
}
