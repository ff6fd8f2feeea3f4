package dev.quicklime.report.explanation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.report.Explained;
import dev.quicklime.report.figure.Show;
import dev.quicklime.segment.Tiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreDigitsTest {

  private static final Explanation SINGLE =
      Explained.of(
          2,
          pixels -> new double[] {44 + pixels[5] - pixels[5], 43.75},
          ExplainOptions.defaults().withSegmenter(new Tiles(2, 2)).withSamples(20));

  @TempDir Path folder;

  private static Explanation in(String precision, String original) {
    return Explained.in(SINGLE, precision, original);
  }

  private String page(String precision, String original) throws IOException {
    ReportWriter.write(
        new ReportInput("a.png", Path.of("a.png"), in(precision, original), null, null, Show.BOTH),
        folder);
    return Files.readString(folder.resolve("report.html")).replaceAll("base64,[^\"]*", "");
  }

  @Test
  void shouldWriteDigitsThatTheFormatOfTheForwardPassHas() throws IOException {
    String brief = page("bf16", "bf16");
    assertTrue(brief.contains("<td>44.0</td>"), brief);
    assertTrue(brief.contains("with a probability of 0.6."), brief);
    assertFalse(brief.contains("44.00"), brief);
    String single = page("fp32", "fp32");
    assertTrue(single.contains("<td>44.00</td>") && single.contains("0.562"), single);
    String text = ExplanationText.of("a.png", in("bf16", "bf16"), Show.BOTH);
    assertTrue(text.contains(" 44.0 ") && !text.contains("44.0000"), text);
    assertTrue(ExplanationText.of("a.png", in("fp32", "fp32"), Show.BOTH).contains(" 44.0000 "));
  }

  @Test
  void shouldWriteDigitsOfTheFormatThatThePictureIsScoredIn() throws IOException {
    String page = page("bf16", "fp32");
    assertTrue(page.contains("<td>44.00</td>") && page.contains("0.562"), page);
    // And what samples make of it, beside the prediction.
    assertTrue(page.contains("probability in bf16"), page);
    assertTrue(page.contains("Precision of scores shown"), page);
    Explanation explanation = in("bf16", "fp32");
    assertTrue(ExplanationText.of("a.png", explanation, Show.BOTH).contains(" 44.0000 "));
    String decided = ExplanationText.decided(explanation.provenance());
    assertTrue(decided.contains(", bf16 (scores of whole pictures in fp32), batches of"), decided);
    assertFalse(page("fp32", "fp32").contains("in bf16"));
    String single = ExplanationText.decided(in("fp32", "fp32").provenance());
    assertTrue(single.contains(", fp32, batches of"), single);
  }
}
