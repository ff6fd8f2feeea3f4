package dev.quicklime.report.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EachCoverageTest {

  /** Superpixel 0 is always held, 2 in all but every fifth seed, 3 in all but every tenth. */
  private static List<ProfileLine> lines(int seeds) {
    return IntStream.range(0, seeds)
        .mapToObj(
            seed ->
                Lines.missing(seed, seed % 10 == 0 ? "2 3" : seed % 5 == 0 ? "2" : "none", 1 - 0.1))
        .toList();
  }

  @Test
  void shouldTellTheSuperpixelsThatAreHeldLeastAndMostOften() {
    EachCoverage each = EachCoverage.of(lines(40));
    assertEquals(0.8, each.least(), 1e-12);
    assertEquals(1, each.most(), 1e-12);
    assertEquals(each, Point.of(64, lines(40)).each());
  }

  @Test
  void shouldTellNothingFromFewSeedsOrWithoutIntervals() {
    assertTrue(EachCoverage.of(lines(19)).isEmpty());
    assertTrue(EachCoverage.of(List.of(Lines.line("cat", "hadamard", 64, 0, 0.1, "1"))).isEmpty());
  }
}
