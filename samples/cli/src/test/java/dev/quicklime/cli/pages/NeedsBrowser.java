package dev.quicklime.cli.pages;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that run in Chromium. Where it or its driver is missing they are skipped, or fail if {@code
 * -Ddev.quicklime.require=browser} demands them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("browser")
@ExtendWith(NeedsBrowser.Condition.class)
@interface NeedsBrowser {

  /** Looks on the path. */
  final class Condition implements ExecutionCondition {

    private static final String PROPERTY = "dev.quicklime.require";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return evaluate(
          System.getProperty(PROPERTY, ""), browser().isPresent() && driver().isPresent());
    }

    static ConditionEvaluationResult evaluate(String required, boolean found) {
      if (found) {
        return ConditionEvaluationResult.enabled("chromium and chromedriver are on the path");
      }
      if (required.equals("browser")) {
        throw new IllegalStateException(
            "-D"
                + PROPERTY
                + "=browser demands chromium and chromedriver, which are not on the path");
      }
      return ConditionEvaluationResult.disabled("chromium or chromedriver is not on the path");
    }

    static Optional<Path> browser() {
      return onPath("chromium", "chromium-browser", "google-chrome");
    }

    static Optional<Path> driver() {
      return onPath("chromedriver");
    }

    private static Optional<Path> onPath(String... names) {
      return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
          .flatMap(folder -> Stream.of(names).map(name -> Path.of(folder, name)))
          .filter(Files::isExecutable)
          .findFirst();
    }
  }
}
