package dev.quicklime.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.spark.job.SparkMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParameterException;

/** Jobs that documentation shows are understood. */
class SparkPageTest {

  private static final Pattern COMMAND =
      Pattern.compile("(?m)^(?:[A-Z_]+=\\S+ )?samples/quicklime-spark (.*)$");

  private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|[^\\s'\"]+");

  @Test
  void shouldShowJobsThatAreUnderstood() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("docs/spark.md"))) {
      root = Objects.requireNonNull(root.getParent(), "the folder of docs");
    }
    String page = Files.readString(root.resolve("docs/spark.md")).replaceAll("\\\\\\n\\s*", " ");
    List<String> wrong = new ArrayList<>();
    Matcher command = COMMAND.matcher(page);
    int checked = 0;
    while (command.find()) {
      checked++;
      List<String> words = words(command.group(1));
      List<String> job = words.subList(words.indexOf("--") + 1, words.size());
      try {
        SparkMain.commandLine().parseArgs(job.toArray(String[]::new));
      } catch (ParameterException e) {
        wrong.add(command.group() + ": " + e.getMessage());
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(checked >= 6, checked + " commands");
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      words.add(word.group().replaceAll("['\"]", ""));
    }
    return words;
  }
}
