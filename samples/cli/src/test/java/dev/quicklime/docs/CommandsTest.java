package dev.quicklime.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.Main;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** Commands that the documentation shows are read as a shell and the command line read them. */
class CommandsTest {

  private static final Set<String> SHELLS = Set.of("sh", "console");

  /** Variables, the launcher, and what it is given. */
  private static final Pattern COMMAND =
      Pattern.compile("^(?:\\$ )?(?:[A-Z_]+=\\S* )*samples/quicklime(?: (.*))?$");

  private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|[^\\s'\"]+");

  @Test
  void shouldBeUnderstood() throws IOException {
    List<String> wrong = new ArrayList<>();
    int checked = 0;
    for (Page page : Page.all()) {
      for (String line : commands(page)) {
        Matcher command = COMMAND.matcher(line);
        // Benchmarks are a program of their own, which the tests of its module ask.
        if (!command.matches() || words(command.group(1)).contains("bench")) {
          continue;
        }
        checked++;
        try {
          Main.commandLine().parseArgs(words(command.group(1)).toArray(String[]::new));
        } catch (MissingParameterException e) {
          // A sentence may name a command alone.
          if (words(command.group(1)).size() > 1) {
            wrong.add(page.name() + ": " + line + ": " + e.getMessage());
          }
        } catch (ParameterException e) {
          wrong.add(page.name() + ": " + line + ": " + e.getMessage());
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(checked > 40, checked + " commands");
  }

  @Test
  void shouldNotBeUnderstoodWithAnUnknownOption() {
    assertThrows(
        ParameterException.class, () -> Main.commandLine().parseArgs("explain", "--colour=red"));
    assertThrows(ParameterException.class, () -> Main.commandLine().parseArgs("explian"));
  }

  @Test
  void shouldBeReadAsAShellReadsThem() {
    assertEquals(
        List.of("explain", "a b.png", "--separator", ";"),
        words("explain 'a b.png' --separator ';' # comment"));
    assertEquals(List.of(), words(null));
  }

  /** Lines of blocks for a shell, and code inside sentences, both without what is left open. */
  private static List<String> commands(Page page) {
    List<String> commands = new ArrayList<>();
    for (Page.Block block : page.blocks()) {
      if (SHELLS.contains(block.language())) {
        String text = String.join("\n", block.lines()).replaceAll("\\\\\\n\\s*", " ");
        text.lines().map(String::strip).forEach(commands::add);
      }
    }
    page.code().stream().filter(code -> !code.contains("…")).forEach(commands::add);
    return commands;
  }

  private static List<String> words(@Nullable String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text == null ? "" : text);
    while (word.find() && !word.group().startsWith("#")) {
      words.add(word.group().replaceAll("['\"]", ""));
    }
    return words;
  }
}
