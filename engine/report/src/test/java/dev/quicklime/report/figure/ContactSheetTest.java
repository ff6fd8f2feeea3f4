package dev.quicklime.report.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.model.Target;
import dev.quicklime.report.Explained;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.segment.Tiles;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ContactSheetTest {

  private static final Explanation EXPLANATION =
      Explained.of(
          2,
          pixels -> new double[] {pixels[5] - pixels[500], pixels[700]},
          ExplainOptions.defaults()
              .withSegmenter(new Tiles(3, 3))
              .withTarget(Target.LOGIT)
              .withSamples(40));

  private static ContactSheet sheet() {
    Subject subject = Subject.of("a.png", EXPLANATION, Show.BOTH);
    return ContactSheet.of(EXPLANATION, subject.unit(), 8, 4);
  }

  private static double smallest(String svg) {
    // What the root says holds for none of its texts.
    Matcher sizes =
        Pattern.compile("font-size=\"([0-9.]+)").matcher(svg.substring(svg.indexOf('>')));
    return sizes
        .results()
        .mapToDouble(size -> Double.parseDouble(size.group(1)))
        .min()
        .orElseThrow();
  }

  @Test
  void shouldShowEachSampleByItselfWithItsNumbers() {
    ContactSheet sheet = sheet();
    List<Figure> tiles = sheet.tiles();
    assertEquals(8, tiles.size());
    for (int i = 0; i < tiles.size(); i++) {
      int row = sheet.rows().get(i);
      assertEquals(sheet.line(row) + ".", tiles.get(i).alt());
      String drawn = tiles.get(i).inline("f" + i + "-", Map.of());
      for (String said : List.of(sheet.name(row), sheet.value(row), sheet.parts(row))) {
        assertTrue(drawn.contains(">" + said + "<"), drawn);
      }
    }
  }

  @Test
  void shouldHaveLettersOfWhichATileIsTenWide() {
    Figure tile = sheet().withLettering(1.25).tiles().getFirst();
    assertEquals(
        0.85 * tile.width() / 10, smallest(tile.inline("f-", Map.of())), 0.02 * tile.width() / 10);
  }
}
