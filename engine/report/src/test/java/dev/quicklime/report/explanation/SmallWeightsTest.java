package dev.quicklime.report.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.model.Target;
import dev.quicklime.report.Explained;
import dev.quicklime.report.figure.Show;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.LeastSquares;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallWeightsTest {

  @TempDir private Path folder;

  /** The first table of a page whose scores are of some size. */
  private String table(double size) throws IOException {
    ExplainOptions options =
        ExplainOptions.defaults()
            .withTarget(Target.LOGIT)
            .withSegmenter(new Tiles(2, 2))
            .withSurrogate(LeastSquares.defaults())
            .withSamples(60);
    ReportWriter.write(
        new ReportInput(
            "a.png",
            Path.of("a.png"),
            Explained.of(2, pixels -> new double[] {size * pixels[5], -size * pixels[9]}, options),
            null,
            null,
            Show.BOTH),
        folder);
    String page = Files.readString(folder.resolve("report.html"));
    int from = page.indexOf("<table class=\"strongest\">");
    return page.substring(from, page.indexOf("</table>", from));
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).toList();
  }

  @Test
  void shouldShareAPowerOfTenThatTheHeadsSay() throws IOException {
    String table = table(1e-7);
    assertEquals(2, found(", ×10⁻[⁶⁷⁸]</th>", table).size(), table);
    assertFalse(table.contains("0.0000"), table);
    for (String cell : found("<td[^>]*>[^<]+</td>", table)) {
      String text = cell.replaceAll("<[^>]*>", "");
      assertTrue(text.matches("[+−]?\\d+\\.\\d\\d( to −?\\d+\\.\\d\\d)?"), text);
    }
  }

  @Test
  void shouldLeaveOthersAsTheyAre() throws IOException {
    String table = table(1);
    assertFalse(table.contains("×10"), table);
    assertFalse(found("<td[^>]*>[^<]+</td>", table).isEmpty(), table);
  }
}
