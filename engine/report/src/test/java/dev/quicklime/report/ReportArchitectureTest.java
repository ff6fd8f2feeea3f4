package dev.quicklime.report;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ReportArchitectureTest {

  /** Rules over nothing always hold. */
  private static final int LEAST_CLASSES_SCANNED = 150;

  private static final JavaClasses REPORTS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/test/"))
          .importPackages("dev.quicklime.report");

  @Test
  void shouldHaveScannedTheReports() {
    assertTrue(
        REPORTS.size() >= LEAST_CLASSES_SCANNED,
        "scanned only " + REPORTS.size() + " of at least " + LEAST_CLASSES_SCANNED + " classes");
  }

  @Test
  void shouldKnowNeitherCommandsNorNativeLibraries() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.quicklime.cli..",
            "dev.quicklime.torch..",
            "dev.quicklime.onnx..",
            "dev.quicklime.internal..",
            "picocli..",
            "org.bytedeco..")
        .check(REPORTS);
  }

  @Test
  void shouldHaveNoCyclesAmongPackages() {
    slices().matching("dev.quicklime.report.(**)").should().beFreeOfCycles().check(REPORTS);
  }

  @Test
  void shouldDrawByOneLibraryInOnePlaceEach() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.quicklime.report.drawing")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.batik..", "org.apache.pdfbox..", "de.rototor.pdfbox..")
        .check(REPORTS);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.quicklime.report.page")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.samskivert..")
        .check(REPORTS);
  }
}
