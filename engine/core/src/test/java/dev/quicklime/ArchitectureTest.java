package dev.quicklime;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  /** Rules over nothing always hold: raise this with the engine. */
  private static final int LEAST_CLASSES_SCANNED = 150;

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
          Map.entry("segment", Set.of("image", "npy", "internal.opencv")),
          Map.entry("design", Set.of()),
          Map.entry("perturb", Set.of("image", "segment", "design", "internal.opencv")),
          Map.entry("model", Set.of("image", "weights", "internal.torch")),
          Map.entry("weights", Set.of()),
          Map.entry("locality", Set.of("design")),
          Map.entry("surrogate", Set.of("design", "locality")),
          Map.entry(
              "fidelity",
              Set.of("image", "segment", "design", "perturb", "model", "locality", "surrogate")),
          Map.entry("cam", Set.of("image", "model", "internal.torch")),
          Map.entry("tabular", Set.of("", "model", "locality", "surrogate")),
          Map.entry("npy", Set.of()),
          Map.entry(
              "export",
              Set.of(
                  "",
                  "image",
                  "segment",
                  "design",
                  "perturb",
                  "model",
                  "npy",
                  "surrogate",
                  "tabular",
                  "fidelity",
                  "cam")),
          Map.entry("internal.kernel", Set.of()),
          Map.entry("internal.memory", Set.of()),
          Map.entry("internal.opencv", Set.of()),
          Map.entry("internal.torch", Set.of()));

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
        .resideOutsideOfPackages(ROOT + ".internal..")
        .should(new HideLibraries())
        .check(ENGINE);
  }

  @Test
  void shouldTouchEachNativeBindingInOnePackageOnly() {
    onlyIn("internal.opencv", "org.bytedeco.opencv..");
    onlyIn("internal.torch", "org.bytedeco.pytorch..");
    onlyIn("internal.kernel", "jdk.incubator.vector..");
    onlyIn("internal..", "org.bytedeco..");
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
    assertUsed("internal.memory", JavaClass.Predicates.assignableTo(Arena.class));
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
    Set<String> rooms =
        ENGINE.stream().map(KeepToTheTable::room).collect(Collectors.toCollection(TreeSet::new));
    rooms.remove("");
    assertEquals(rooms, new TreeSet<>(MAY_USE.keySet()), "rooms beside rows of the table");
  }

  /** Conditions that never object would always hold. */
  @Test
  void shouldObjectToWhatBreaksARule() throws ClassNotFoundException {
    JavaClasses torch = new ClassFileImporter().importClasses(org.bytedeco.javacpp.Pointer.class);
    assertThrows(AssertionError.class, () -> classes().should(new HideLibraries()).check(torch));
    // A test composes samples on a device and on the host, which nothing in its package may.
    JavaClasses composer =
        new ClassFileImporter()
            .importClasses(Class.forName(ROOT + ".internal.torch.TensorComposerTest"));
    assertThrows(
        AssertionError.class, () -> classes().should(new KeepToTheTable()).check(composer));
  }

  private static void onlyIn(String owner, String library) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "." + owner)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(ENGINE);
    assertUsed(owner, JavaClass.Predicates.resideInAPackage(library));
  }

  /** That nobody else uses something says little where its owner does not. */
  private static void assertUsed(String owner, DescribedPredicate<? super JavaClass> what) {
    DescribedPredicate<JavaClass> owned = JavaClass.Predicates.resideInAPackage(ROOT + "." + owner);
    assertTrue(
        ENGINE.stream()
            .filter(owned)
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .anyMatch(use -> what.test(use.getTargetClass())),
        owner + " does not use " + what.getDescription());
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
