package dev.quicklime.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What is public has a sentence. That it is right is for the compiler's doclint. */
class JavadocTest {
  /** The product's libraries; what serves tests alone needs no sentences. */
  private static final List<String> MODULES =
      List.of("core", "files", "torch", "report", "nd4j", "serve");

  @Test
  void shouldExplainEverythingPublic() throws IOException {
    List<String> silent = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    for (Module module : Module.PRODUCT) {
      if (!MODULES.contains(module.name())) {
        continue;
      }
      Path sources = module.sources();
      int before = files.size();
      try (Stream<Path> all = Files.walk(sources)) {
        all.filter(JavadocTest::isPublicApi).forEach(files::add);
      }
      assertTrue(files.size() > before, "found no sources in " + sources);
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      for (CompilationUnitTree unit : task.parse()) {
        new Silent(DocTrees.instance(task), silent).scan(unit, null);
      }
    }
    assertEquals(List.of(), silent, "public but without Javadoc");
  }

  private static boolean isPublicApi(Path file) {
    return file.toString().endsWith(".java")
        && StreamSupport.stream(file.spliterator(), false)
            .noneMatch(part -> part.toString().equals("internal"));
  }

  private static final class Silent extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final List<String> found;

    Silent(DocTrees docs, List<String> found) {
      this.docs = docs;
      this.found = found;
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      if (!seen(type.getModifiers())) {
        return null;
      }
      demand(type.getSimpleName());
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      boolean compactOrCanonical =
          method.getName().contentEquals("<init>") && enclosing().getKind() == Tree.Kind.RECORD;
      boolean inherited =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
      if (seen(method.getModifiers()) && !compactOrCanonical && !inherited) {
        demand(enclosing().getSimpleName() + "." + method.getName());
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void nothing) {
      boolean component =
          enclosing().getKind() == Tree.Kind.RECORD
              && !field.getModifiers().getFlags().contains(Modifier.STATIC);
      if (seen(field.getModifiers()) && !component) {
        demand(enclosing().getSimpleName() + "." + field.getName());
      }
      return null;
    }

    private boolean seen(ModifiersTree modifiers) {
      Set<Modifier> flags = modifiers.getFlags();
      return flags.contains(Modifier.PUBLIC)
          || flags.contains(Modifier.PROTECTED)
          || (inInterface() && !flags.contains(Modifier.PRIVATE));
    }

    private boolean inInterface() {
      TreePath parent = getCurrentPath().getParentPath();
      return parent != null && parent.getLeaf().getKind() == Tree.Kind.INTERFACE;
    }

    private ClassTree enclosing() {
      return (ClassTree) getCurrentPath().getParentPath().getLeaf();
    }

    private void demand(CharSequence name) {
      if (docs.getDocComment(getCurrentPath()) == null) {
        CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
        found.add(unit.getPackageName() + "." + name);
      }
    }
  }
}
