package dev.quicklime.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written is the same in every language of a user: whoever formats says in which. */
class LocaleTest {

  /** Methods that take the language of the machine where they are not told another. */
  private static final Set<String> IN_ANY_LANGUAGE =
      Set.of(
          "java.lang.String.toLowerCase()",
          "java.lang.String.toUpperCase()",
          "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
          "java.io.PrintStream.format(java.lang.String, [Ljava.lang.Object;)",
          "java.io.PrintStream.printf(java.lang.String, [Ljava.lang.Object;)",
          "java.io.PrintWriter.format(java.lang.String, [Ljava.lang.Object;)",
          "java.io.PrintWriter.printf(java.lang.String, [Ljava.lang.Object;)",
          "java.util.Formatter.<init>()",
          "java.util.Formatter.<init>(java.lang.Appendable)",
          "java.text.DecimalFormat.<init>(java.lang.String)",
          "java.text.NumberFormat.getInstance()",
          "java.text.NumberFormat.getNumberInstance()",
          "java.text.NumberFormat.getPercentInstance()",
          "java.text.SimpleDateFormat.<init>(java.lang.String)",
          "java.time.format.DateTimeFormatter.ofPattern(java.lang.String)",
          "com.fasterxml.jackson.databind.cfg.EnumFeature.WRITE_ENUMS_TO_LOWERCASE");

  private static final String NAMED =
      "java.lang.String.format(java.util.Locale, java.lang.String, [Ljava.lang.Object;)";

  /** Texts alone, which are the same in every language. */
  private static final Pattern TEXTS = Pattern.compile("%(\\d+\\$)?-?\\d*s|%n|%%");

  @Test
  void shouldNameTheLanguageWhereverOneIsSpoken() {
    Product.check(classes().should(new NameTheirLanguage()));
    // As their names are written, so that the rule is about something.
    assertTrue(
        Product.CLASSES.stream()
            .flatMap(type -> type.getAccessesFromSelf().stream())
            .anyMatch(access -> access.getTarget().getFullName().equals(NAMED)));
  }

  /** {@code formatted} takes no language: whole numbers go by %s, all others by another method. */
  @Test
  void shouldPutOnlyTextsIntoWhatIsFormattedInNoLanguage() throws IOException {
    List<String> found = new ArrayList<>();
    int calls = 0;
    for (Module module : Module.PRODUCT) {
      for (ExpressionTree format : formats(Module.files(module.sources(), ".java"))) {
        calls++;
        if (!isOfTextsAlone(format)) {
          found.add(module.name() + ": " + format);
        }
      }
    }
    assertEquals(List.of(), found);
    assertTrue(calls > 100, "found only " + calls + " calls");
  }

  private static boolean isOfTextsAlone(ExpressionTree format) {
    StringBuilder text = new StringBuilder();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void nothing) {
        text.append(literal.getValue());
        return null;
      }
    }.scan(format, null);
    return !text.isEmpty() && !TEXTS.matcher(text).replaceAll("").contains("%");
  }

  /** What {@code formatted} is called on in some files. */
  private static List<ExpressionTree> formats(List<Path> sources) throws IOException {
    List<ExpressionTree> formats = new ArrayList<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
      new TreeScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitMethodInvocation(
            MethodInvocationTree call, @Nullable Void nothing) {
          if (call.getMethodSelect() instanceof MemberSelectTree select
              && select.getIdentifier().contentEquals("formatted")) {
            formats.add(select.getExpression());
          }
          return super.visitMethodInvocation(call, null);
        }
      }.scan(task.parse(), null);
    }
    return formats;
  }

  private static final class NameTheirLanguage extends ArchCondition<JavaClass> {
    NameTheirLanguage() {
      super("name the language in which they write");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      for (JavaAccess<?> access : type.getAccessesFromSelf()) {
        if (IN_ANY_LANGUAGE.contains(access.getTarget().getFullName())) {
          events.add(SimpleConditionEvent.violated(access, access.getDescription()));
        }
      }
    }
  }
}
