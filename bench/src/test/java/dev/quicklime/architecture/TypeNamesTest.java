package dev.quicklime.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A type is known by its simple name alone, whatever module it is of. */
class TypeNamesTest {

  /** Only top-level types begin in the first column. */
  private static final Pattern TYPE =
      Pattern.compile("^(?:[a-z-]+ )*(?:class|record|enum|@?interface) (\\w+)", Pattern.MULTILINE);

  /** Fewer than there are in any state of the project. */
  private static final int LEAST_TYPES = 450;

  @Test
  void shouldGiveNoNameToTwoTypes() throws IOException {
    Map<String, List<Path>> types = new TreeMap<>();
    for (Module module : Module.all()) {
      for (Path source : Module.files(module.sources(), ".java")) {
        Matcher found = TYPE.matcher(Files.readString(source));
        while (found.find()) {
          types.computeIfAbsent(found.group(1), name -> new ArrayList<>()).add(source);
        }
      }
    }
    assertTrue(types.size() >= LEAST_TYPES, "found only " + types.size());
    types.values().removeIf(sources -> sources.size() == 1);
    assertEquals(Map.of(), types, "types of one name");
  }
}
