package dev.quicklime.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which module may know which, and which libraries. */
class ModuleRulesTest {

  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("core", Set.of()),
          Map.entry("files", Set.of("core")),
          Map.entry("torch", Set.of("core", "files")),
          Map.entry("onnx", Set.of("core", "files")),
          Map.entry("report", Set.of("core", "files")),
          Map.entry("nd4j", Set.of("core", "files")),
          Map.entry("testkit", Set.of("core", "files", "torch")),
          Map.entry("scenes", Set.of("core", "files", "torch")),
          Map.entry("serve", Set.of("core", "files", "report")),
          Map.entry(
              "cli",
              Set.of("core", "files", "torch", "onnx", "report", "testkit", "scenes", "serve")));

  /** Whose internal packages a module may use besides its own, and which. */
  private static final Map<String, Set<String>> MAY_ENTER =
      Map.of(
          "files", Set.of("dev.quicklime.internal.file"),
          "scenes", Set.of("dev.quicklime.internal.file"),
          "cli", Set.of("dev.quicklime.internal.file"),
          "serve", Set.of("dev.quicklime.internal.memory"),
          "torch",
              Set.of(
                  "dev.quicklime.internal.file",
                  "dev.quicklime.internal.memory",
                  "dev.quicklime.internal.kernel.machine",
                  "dev.quicklime.internal.jvm",
                  "dev.quicklime.internal.opencv",
                  "dev.quicklime.internal.cam",
                  "dev.quicklime.internal.scoring"),
          "onnx",
              Set.of(
                  "dev.quicklime.internal.file",
                  "dev.quicklime.internal.memory",
                  "dev.quicklime.internal.jvm",
                  "dev.quicklime.internal.cam",
                  "dev.quicklime.internal.scoring"),
          "nd4j", Set.of("dev.quicklime.internal.memory"),
          "testkit",
              Set.of(
                  "dev.quicklime.internal.memory",
                  "dev.quicklime.torch.internal",
                  "dev.quicklime.torch.internal.networks"));

  private static final String TORCH = "org.bytedeco.pytorch.";
  private static final String CUDA = "org.bytedeco.cuda.";
  private static final String ONNX = "ai.onnxruntime.";
  private static final String JSON = "com.fasterxml.jackson.";
  private static final String TEMPLATES = "com.samskivert.mustache.";
  private static final String CHARTS = "org.jfree.";
  private static final String COMMANDS = "picocli.";
  private static final String ARRAYS = "org.nd4j.";
  private static final String VIDEO = "org.bytedeco.javacv.";

  private static final Map<String, List<String>> MUST_NOT_KNOW =
      Map.ofEntries(
          Map.entry(
              "core", List.of(TORCH, CUDA, ONNX, JSON, TEMPLATES, CHARTS, COMMANDS, ARRAYS, VIDEO)),
          Map.entry(
              "files", List.of(TORCH, CUDA, ONNX, TEMPLATES, CHARTS, COMMANDS, ARRAYS, VIDEO)),
          Map.entry("torch", List.of(ONNX, TEMPLATES, CHARTS, COMMANDS, ARRAYS, VIDEO)),
          Map.entry("onnx", List.of(TORCH, CUDA, JSON, TEMPLATES, CHARTS, COMMANDS, ARRAYS, VIDEO)),
          Map.entry("report", List.of(TORCH, CUDA, ONNX, COMMANDS, ARRAYS, VIDEO)),
          Map.entry("nd4j", List.of(TORCH, CUDA, ONNX, TEMPLATES, CHARTS, COMMANDS, VIDEO)),
          Map.entry("testkit", List.of(ONNX, JSON, TEMPLATES, CHARTS, COMMANDS, ARRAYS, VIDEO)),
          Map.entry("scenes", List.of(ONNX, TEMPLATES, CHARTS, COMMANDS, ARRAYS, VIDEO)),
          Map.entry(
              "serve", List.of(TORCH, CUDA, ONNX, TEMPLATES, CHARTS, COMMANDS, ARRAYS, VIDEO)),
          Map.entry("cli", List.of(TORCH, CUDA, ONNX, ARRAYS)),
          Map.entry("spark", List.of(TORCH, CUDA, ONNX, TEMPLATES, CHARTS, ARRAYS, VIDEO)));

  static Stream<String> modules() {
    return MAY_KNOW.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void shouldKnowOnlyTheModulesThatTheTableAllows(String module) {
    Product.check(classes().that(Product.in(module)).should(new KnowOnly(module)));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void shouldKnowNoLibraryThatIsNotItsConcern(String module) {
    Product.check(
        classes()
            .that(Product.in(module))
            .should(new NotUse(MUST_NOT_KNOW.getOrDefault(module, List.of()))));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void shouldKeepInternalPackagesToTheirModule(String module) {
    Product.check(classes().that(Product.in(module)).should(new StayOutside(module)));
  }

  @Test
  void shouldReadVideoInOnePackageOfTheCommandOnly() {
    String video = "dev.quicklime.cli.video";
    Product.check(
        classes()
            .that(Product.in("cli").and(resideOutsideOfPackage(video)))
            .should(new NotUse(List.of("org.bytedeco."))));
    Product.assertUsed("org.bytedeco", resideInAPackage(video).and(Product.in("cli")));
  }

  /** Uses of other modules are of those in {@link #MAY_KNOW}. */
  private static final class KnowOnly extends ArchCondition<JavaClass> {
    private final String module;

    KnowOnly(String module) {
      super("know no module but %s", MAY_KNOW.get(module));
      this.module = module;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      Set<String> allowed = MAY_KNOW.get(module);
      for (Dependency use : type.getDirectDependenciesFromSelf()) {
        String other = owner(use, module);
        if (allowed == null || (!other.equals(module) && !allowed.contains(other))) {
          events.add(Product.violated(use, "of " + other));
        }
      }
    }
  }

  /** Uses of other modules are of open packages, or of those in {@link #MAY_ENTER}. */
  private static final class StayOutside extends ArchCondition<JavaClass> {
    private final String module;

    StayOutside(String module) {
      super("use no internal package of another module");
      this.module = module;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      Set<String> open = MAY_ENTER.getOrDefault(module, Set.of());
      for (Dependency use : type.getDirectDependenciesFromSelf()) {
        JavaClass target = use.getTargetClass().getBaseComponentType();
        if (Product.isInternal(target)
            && !owner(use, module).equals(module)
            && !open.contains(target.getPackageName())) {
          events.add(Product.violated(use, "internal"));
        }
      }
    }
  }

  /** The module of what is used; where it is of none of the product, the user's own. */
  private static String owner(Dependency use, String user) {
    return Module.of(use.getTargetClass().getBaseComponentType()).map(Module::name).orElse(user);
  }
}
