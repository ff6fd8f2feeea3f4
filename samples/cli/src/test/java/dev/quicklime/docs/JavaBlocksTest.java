package dev.quicklime.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Java that the documentation shows is compiled: the line above a block says {@code <!-- compiled:
 * Class#region -->}, and the block's text is that of the class from a line {@code // docs: region}
 * to the next {@code // docs: end}.
 */
class JavaBlocksTest {

  private static final Pattern MARK = Pattern.compile("<!-- compiled: (\\w+)#(\\w+) -->");

  @Test
  void shouldBeWhatIsCompiled() throws IOException {
    List<String> wrong = new ArrayList<>();
    int checked = 0;
    for (Page page : Page.all()) {
      for (Page.Block block : page.blocks()) {
        if (!block.language().equals("java")) {
          continue;
        }
        checked++;
        String where = page.name() + ", line " + block.line();
        Matcher mark = MARK.matcher(block.before().strip());
        if (!mark.matches()) {
          wrong.add(where + ": no line <!-- compiled: Class#region --> above the block");
          continue;
        }
        String region = region(mark.group(1), mark.group(2));
        if (!squeezed(String.join("\n", block.lines())).equals(squeezed(region))) {
          wrong.add(where + ": " + mark.group(1) + " has other text:\n" + region);
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(checked > 5, checked + " blocks");
  }

  @Test
  void shouldTakeTenLinesToExplainAPicture() throws IOException {
    Page readme = Page.read(Repository.root().resolve("README.md"));
    List<Page.Block> blocks =
        readme.blocks().stream().filter(block -> block.language().equals("java")).toList();
    assertEquals(1, blocks.size());
    assertTrue(blocks.getFirst().lines().size() <= 12, "the README's example grew");
  }

  private static String region(String type, String name) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String folder : List.of("samples", "engine")) {
      sources.addAll(Repository.files(Repository.root().resolve(folder), "/" + type + ".java"));
    }
    assertEquals(1, sources.size(), "sources of " + type);
    Matcher region =
        Pattern.compile("// docs: " + name + "\\n(.*?)// docs: end\\n", Pattern.DOTALL)
            .matcher(Files.readString(sources.getFirst()));
    assertTrue(region.find(), sources.getFirst() + " has no region " + name);
    return region.group(1);
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
