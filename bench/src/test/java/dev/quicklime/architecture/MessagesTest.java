package dev.quicklime.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the libraries say is of values and rules: options are the command line's. */
class MessagesTest {

  /** What somebody types behind a program's name, in a string. */
  private static final Pattern OPTION = Pattern.compile("\"[^\"\\n]*?(--[a-z][a-z-]+)");

  /** Options of the JVM, which are nobody else's. */
  private static final Set<String> OF_THE_JVM = Set.of("--add-modules", "--enable-native-access");

  /** Starts a browser with options of its own. */
  private static final String BROWSER = "Browser.java";

  @Test
  void shouldNameNoOptionOfTheCommandLine() throws IOException {
    List<String> found = new ArrayList<>();
    int strings = 0;
    for (Module module : Module.PRODUCT) {
      if (List.of("cli", "scenes", "spark").contains(module.name())) {
        continue;
      }
      for (Path source : Module.files(module.sources(), ".java")) {
        for (String line : Files.readAllLines(source)) {
          strings += line.contains("\"") ? 1 : 0;
          Matcher option = OPTION.matcher(line);
          if (!source.endsWith(BROWSER) && option.find() && !OF_THE_JVM.contains(option.group(1))) {
            found.add(source.getFileName() + ": " + option.group(1));
          }
        }
      }
    }
    assertEquals(List.of(), found);
    assertTrue(strings > 1000, "found only " + strings + " lines with strings");
  }
}
