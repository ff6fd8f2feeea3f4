package dev.quicklime;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.foreign.Arena;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  /** Rules over nothing always hold: raise this with the engine. */
  private static final int LEAST_CLASSES_SCANNED = 150;

  private static final int LEAST_ON_VECTORS = 13;

  private static final String ROOT = "dev.quicklime";
  private static final Set<String> HIDDEN_LIBRARIES =
      Set.of("org.bytedeco.", "org.nd4j.", "jdk.incubator.");

  /**
   * Which packages of the engine each one may use. {@link #FOR_ALL} and, for the facade, everything
   * are allowed besides.
   */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("image", Set.of("internal.opencv")),
          Map.entry("segment", Set.of("image", "internal.opencv")),
          Map.entry("design", Set.of("internal.kernel.masks")),
          Map.entry(
              "perturb",
              Set.of("image", "segment", "design", "internal.opencv", "internal.kernel.compose")),
          Map.entry("model", Set.of("image", "internal.kernel.machine")),
          Map.entry("locality", Set.of("design")),
          Map.entry(
              "surrogate",
              Set.of("design", "locality", "internal.kernel.matrix", "internal.kernel.sums")),
          Map.entry(
              "fidelity",
              Set.of("image", "segment", "design", "perturb", "model", "locality", "surrogate")),
          Map.entry("cam", Set.of("", "image", "model", "segment", "fidelity")),
          Map.entry("tabular", Set.of("", "model", "locality", "surrogate")),
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
                  "fidelity")),
          Map.entry(
              "internal.kernel",
              Set.of(
                  "internal.kernel.compose",
                  "internal.kernel.machine",
                  "internal.kernel.masks",
                  "internal.kernel.matrix",
                  "internal.kernel.sums")),
          Map.entry("internal.kernel.compose", Set.of("internal.kernel.machine")),
          Map.entry("internal.kernel.masks", Set.of("internal.kernel.machine")),
          Map.entry("internal.kernel.matrix", Set.of("internal.kernel.machine")),
          Map.entry("internal.kernel.sums", Set.of("internal.kernel.machine")),
          Map.entry("internal.kernel.machine", Set.of()),
          Map.entry("internal.memory", Set.of()),
          Map.entry("internal.opencv", Set.of()));

  private static final Set<String> FOR_ALL = Set.of("internal.kernel", "internal.memory");

  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void shouldHaveScannedTheEngine() {
    assertTrue(
        ENGINE.size() >= LEAST_CLASSES_SCANNED,
        "scanned only " + ENGINE.size() + " of at least " + LEAST_CLASSES_SCANNED + " classes");
  }

  @Test
  void shouldShowNoNativeBindingInAPublicSignature() {
    classes()
        .that()
        .resideOutsideOfPackages(ROOT + ".internal..", ROOT + ".nd4j..")
        .should(new HideLibraries())
        .check(ENGINE);
  }

  @Test
  void shouldTouchEachNativeBindingInOnePackageOnly() {
    onlyIn("internal.opencv", "org.bytedeco.opencv..");
    onlyIn("nowhere", "org.bytedeco.pytorch..");
    onlyIn("nowhere", "com.fasterxml..");
    onlyIn("internal.kernel..", "jdk.incubator.vector..");
    onlyIn("internal..", "org.bytedeco..");
    onlyIn("nd4j", "org.nd4j..");
  }

  /** A JVM without the Vector API's module must be able to load all the rest. */
  @Test
  void shouldReachTheVectorApiThroughOneDoor() {
    DescribedPredicate<JavaClass> onVectors =
        describe(
            "use the Vector API",
            type ->
                type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(
                        use -> use.getTargetClass().getName().startsWith("jdk.incubator.vector.")));
    assertTrue(ENGINE.that(onVectors).size() >= LEAST_ON_VECTORS, "no such classes were found");
    noClasses()
        .that(not(onVectors))
        .and()
        // Made of loops that are elsewhere.
        .doNotHaveSimpleName("VectorBlendKernel")
        .and()
        .doNotHaveSimpleName("VectorKernels")
        .should()
        .dependOnClassesThat(onVectors)
        .check(ENGINE);
    noClasses()
        .that()
        .doNotHaveSimpleName("VectorKernels")
        .should()
        .dependOnClassesThat()
        .haveSimpleName("VectorBlendKernel")
        .check(ENGINE);
  }

  @Test
  void shouldOwnArenasInOnePackageOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".internal.memory")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Arena.class)
        .check(ENGINE);
  }

  @Test
  void shouldHaveNoCycles() {
    slices()
        .matching("dev.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(alwaysTrue(), type(QuicklimeException.class))
        .check(ENGINE);
  }

  @Test
  void shouldUseOnlyThePackagesThatTheTableAllows() {
    classes().should(new KeepToTheTable()).check(ENGINE);
  }

  private static void onlyIn(String owner, String library) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "." + owner)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .allowEmptyShould(true)
        .check(ENGINE);
  }

  /** Public and protected members name no type of a library that the engine hides. */
  private static final class HideLibraries extends ArchCondition<JavaClass> {
    HideLibraries() {
      super("name no type of %s where callers see it", HIDDEN_LIBRARIES);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      if (!visible(type)) {
        return;
      }
      Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
          .flatMap(parent -> parent.getAllInvolvedRawTypes().stream())
          .forEach(parent -> report(type.getName(), parent, events));
      for (JavaMember member : type.getMembers()) {
        if (visible(member)) {
          named(member).forEach(seen -> report(member.getFullName(), seen, events));
        }
      }
    }

    private static Set<JavaClass> named(JavaMember member) {
      Set<JavaClass> types = new LinkedHashSet<>();
      if (member instanceof JavaField field) {
        types.addAll(field.getType().getAllInvolvedRawTypes());
      } else if (member instanceof JavaCodeUnit code) {
        types.addAll(code.getReturnType().getAllInvolvedRawTypes());
        code.getParameterTypes().forEach(type -> types.addAll(type.getAllInvolvedRawTypes()));
        types.addAll(code.getExceptionTypes());
      }
      return types;
    }

    private static boolean visible(JavaClass type) {
      return type.getModifiers().contains(JavaModifier.PUBLIC)
          && type.getEnclosingClass().map(HideLibraries::visible).orElse(true);
    }

    private static boolean visible(JavaMember member) {
      return member.getModifiers().contains(JavaModifier.PUBLIC)
          || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static void report(String where, JavaClass seen, ConditionEvents events) {
      String name = seen.getBaseComponentType().getName();
      if (HIDDEN_LIBRARIES.stream().anyMatch(name::startsWith)) {
        events.add(SimpleConditionEvent.violated(seen, where + " shows " + name));
      }
    }
  }

  /** Each package uses only its row of {@link #MAY_USE}. */
  private static final class KeepToTheTable extends ArchCondition<JavaClass> {
    KeepToTheTable() {
      super("use only the packages that the table allows");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      String from = room(type);
      if (from.isEmpty()) {
        return;
      }
      Set<String> allowed = MAY_USE.get(from);
      if (allowed == null) {
        events.add(SimpleConditionEvent.violated(type, from + " has no row in the table"));
        return;
      }
      for (Dependency use : type.getDirectDependenciesFromSelf()) {
        JavaClass target = use.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(ROOT)
            && !target.isEquivalentTo(QuicklimeException.class)
            && !room(target).equals(from)
            && !allowed.contains(room(target))
            && !FOR_ALL.contains(room(target))) {
          events.add(SimpleConditionEvent.violated(use, use.getDescription()));
        }
      }
    }

    private static String room(JavaClass type) {
      String name = type.getPackageName();
      return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }
  }
}
