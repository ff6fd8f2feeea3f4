package dev.quicklime.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.model.ScoredClass;
import org.junit.jupiter.api.Test;

class ScoreDigitsTextTest {

  private static final ScoreDigits SINGLE = new ScoreDigits("fp32");
  private static final ScoreDigits BRIEF = new ScoreDigits("bf16");

  private static ScoredClass scored(double score, double probability) {
    return new ScoredClass(0, "a", score, probability);
  }

  @Test
  void shouldWriteNoMoreDigitsOfAScoreThanItsFormatHas() {
    // Between 32 and 64 bfloat16 has four numbers from one to the next.
    assertEquals("44.0", BRIEF.score(44));
    assertEquals("44.00", SINGLE.score(44));
    assertEquals("−0.418", BRIEF.score(-0.41796875));
    assertEquals(1, BRIEF.decimals(44, 4));
    assertEquals(3, BRIEF.decimals(-0.41796875, 4));
    assertEquals(4, BRIEF.decimals(0.0026, 4));
    assertEquals(4, SINGLE.decimals(44, 4));
  }

  @Test
  void shouldWriteDecimalsOfAProbabilityThatStayWhenScoresAreRoundedOtherwise() {
    // Half a step of scores of 44 is .125; two of them move .588 by .06.
    assertEquals("0.6", BRIEF.probability(scored(44, 0.588)));
    assertEquals("0.588", SINGLE.probability(scored(44, 0.588)));
    assertEquals("0.59", BRIEF.probability(scored(2.07, 0.588)));
    assertEquals("> 0.999", BRIEF.probability(scored(8.4, 0.9996)));
    assertEquals("< 0.001", BRIEF.probability(scored(-1.5, 0.0001)));
    assertEquals("0.000", BRIEF.probability(scored(900, 0)));
    assertEquals("< 0.1", BRIEF.probability(scored(900, 0.03)));
    assertEquals(4, SINGLE.probabilityDecimals(scored(44, 0.588), 4));
  }
}
