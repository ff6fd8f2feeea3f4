package dev.quicklime.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds in every module: hidden libraries, owners of native things, no cycles. */
class ClassRulesTest {

  /**
   * Which stages of the core each one may use, along the data's way. What goes wrong, and the
   * core's internal packages, are for all.
   */
  private static final Map<String, Set<String>> STAGES =
      Map.ofEntries(
          Map.entry("run", Set.of()),
          Map.entry("image", Set.of()),
          Map.entry("segment", Set.of("image")),
          Map.entry("design", Set.of()),
          Map.entry("perturb", Set.of("image", "segment", "design")),
          Map.entry("model", Set.of("image")),
          Map.entry("locality", Set.of("design")),
          Map.entry("surrogate", Set.of("design", "locality")),
          Map.entry("fidelity", Set.of("segment", "design", "model", "surrogate")),
          Map.entry("tabular", Set.of("model", "locality", "surrogate", "fidelity", "run")),
          Map.entry("cam", Set.of("", "image", "model", "fidelity", "run", "segment")),
          Map.entry(
              "profile",
              Set.of(
                  "",
                  "image",
                  "segment",
                  "design",
                  "perturb",
                  "model",
                  "locality",
                  "surrogate",
                  "fidelity",
                  "run")));

  /** Thrown everywhere, so that its package would otherwise be in a cycle with each other one. */
  private static final DescribedPredicate<JavaClass> WHAT_GOES_WRONG =
      assignableTo(RuntimeException.class).and(resideInAPackage(Product.ROOT));

  @Test
  void shouldShowNoBindingOfALibraryInAPublicSignature() {
    Product.check(
        classes()
            .that(not(Product.internal()).and(not(Product.in("nd4j"))))
            .should(
                NotShow.of(
                    List.of("org.bytedeco.", "ai.onnxruntime.", "org.nd4j.", "jdk.incubator."))));
  }

  @Test
  void shouldShowNoTypeOfAClosedPackageInAPublicSignature() {
    Product.check(
        classes()
            .that(not(Product.internal()).and(not(Product.in("testkit"))))
            .should(new NotShow("closed packages", Product::isInternal)));
  }

  @ParameterizedTest
  @CsvSource({
    "jdk.incubator, dev.quicklime.internal.kernel..",
    "org.bytedeco.opencv, dev.quicklime.internal.opencv",
    "io.helidon, dev.quicklime.serve.http",
    "io.opentelemetry, dev.quicklime.serve.trace",
  })
  void shouldTouchALibraryInOnePackageOnly(String library, String owner) {
    Product.check(
        classes().that().resideOutsideOfPackage(owner).should(new NotUse(List.of(library + "."))));
    Product.assertUsed(library, resideInAPackage(owner));
  }

  @ParameterizedTest
  @CsvSource({"org.bytedeco.pytorch, torch", "ai.onnxruntime, onnx"})
  void shouldTouchABackendInTheInternalPackagesOfItsModuleOnly(String library, String module) {
    // Scenes trains its network by libtorch's own modules, and the test kit makes models of them.
    Product.check(
        classes()
            .that(
                not(Product.internal().and(Product.in(module)))
                    .and(not(Product.in("testkit")))
                    .and(not(resideInAPackage("dev.quicklime.scenes.model"))))
            .should(new NotUse(List.of(library + "."))));
    Product.assertUsed(library, Product.internal().and(Product.in(module)));
  }

  @Test
  void shouldOwnArenasInOnePackageOnly() {
    Product.check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.quicklime.internal.memory")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Arena.class));
  }

  @Test
  void shouldHaveNoCyclesOfPackages() {
    slices()
        .matching("dev.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(alwaysTrue(), WHAT_GOES_WRONG)
        .allowEmptyShould(false)
        .check(Product.CLASSES);
  }

  @Test
  void shouldUseOnlyTheStagesThatTheTableAllows() {
    Product.check(
        classes()
            .that(
                Product.in("core")
                    .and(not(Product.internal()))
                    .and(not(resideInAPackage(Product.ROOT))))
            .should(new KeepToTheWay()));
  }

  @Test
  void shouldShowNoArrayThatAnyoneCouldChange() {
    Product.check(fields().that().arePublic().and().areStatic().should(new NotBeAnArray()));
  }

  /** Each stage of the core uses only its row of {@link #STAGES}. */
  private static final class KeepToTheWay extends ArchCondition<JavaClass> {
    KeepToTheWay() {
      super("use only the stages that the table allows");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      Set<String> allowed = new HashSet<>(STAGES.getOrDefault(stage(type), Set.of()));
      allowed.add(stage(type));
      if (!STAGES.containsKey(stage(type))) {
        events.add(
            SimpleConditionEvent.violated(type, type.getName() + " is in no stage of the table"));
      }
      for (Dependency use : type.getDirectDependenciesFromSelf()) {
        JavaClass target = use.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(Product.ROOT)
            && !Product.isInternal(target)
            && !WHAT_GOES_WRONG.test(target)
            && !allowed.contains(stage(target))) {
          events.add(Product.violated(use, stage(target)));
        }
      }
    }

    private static String stage(JavaClass type) {
      String name = type.getPackageName();
      return name.equals(Product.ROOT) ? "" : name.substring(Product.ROOT.length() + 1);
    }
  }

  private static final class NotBeAnArray extends ArchCondition<JavaField> {
    NotBeAnArray() {
      super("be no array");
    }

    @Override
    public void check(JavaField field, ConditionEvents events) {
      if (field.getRawType().isArray()) {
        events.add(SimpleConditionEvent.violated(field, field.getFullName() + " is an array"));
      }
    }
  }
}
