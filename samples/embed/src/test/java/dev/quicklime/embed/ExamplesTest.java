package dev.quicklime.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.Explanation;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.surrogate.LinearFit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {

  @TempDir Path folder;

  private interface Example {
    void run(String... arguments);
  }

  private static String output(Example example, String... arguments) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      example.run(arguments);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shouldPrintTheStrongestSuperpixelsOfABundledPicture() {
    Path picture = Bundled.pictures().getFirst();
    String label = String.valueOf(picture.getFileName()).replaceFirst("-.*", "");
    String text = output(ExplainAPicture::main, Bundled.model().toString(), picture.toString());
    assertTrue(text.startsWith(label + ": probability 0."), text);
    assertTrue(text.lines().filter(line -> line.startsWith("  superpixel ")).count() >= 3, text);
  }

  @Test
  void shouldPrintWhatOneMoreOfEachSideAddsToAnArea() {
    String text = output(ExplainARow::main);
    assertTrue(
        text.matches("width: \\+(2\\.[89]|3\\.[01]).*\\R?height: \\+(1\\.[89]|2\\.[01]).*\\R"),
        text);
  }

  @Test
  void shouldFindTheRedTileOfABluePicture() {
    byte[] pixels = new byte[64 * 64 * 3];
    for (int i = 0; i < 64 * 64; i++) {
      boolean red = i % 64 / 16 == 1 && i / 64 / 16 == 2;
      pixels[3 * i + (red ? 0 : 2)] = (byte) 200;
    }
    Path file = folder.resolve("red.png");
    ImageFiles.writePng(Image.of8(64, 64, 3, pixels), file);
    Explanation got = ExplainAFunction.explain(file);
    assertEquals("cold", got.classes().getFirst().scored().label());
    LinearFit warm = got.classes().get(1).fit();
    assertEquals(9, warm.coefficients().indexOf(Collections.max(warm.coefficients())));
    // A red tile of 1/16 of the picture, 200 of 255 where gray has as much red as blue.
    assertEquals(200 / 255.0 / 16, warm.coefficients().get(9), 1e-3);
    assertTrue(output(ExplainAFunction::main, file.toString()).contains("cold: tile"));
  }

  @Test
  void shouldShowInTheReadmeWhatIsCompiledHere() throws IOException {
    Path root = root();
    Matcher block =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(root.resolve("README.md")));
    assertTrue(block.find(), "README.md shows no Java");
    String source =
        Files.readString(
            root.resolve("samples/embed/src/main/java/dev/quicklime/embed/ExplainAPicture.java"));
    assertTrue(squeezed(source).contains(squeezed(block.group(1))), "the README's lines differ");
    assertTrue(block.group(1).lines().count() <= 12);
  }

  /** The folder that holds the README; Maven runs tests in the module's own. */
  private static Path root() {
    return Path.of("..", "..").toAbsolutePath().normalize();
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", " ");
  }
}
