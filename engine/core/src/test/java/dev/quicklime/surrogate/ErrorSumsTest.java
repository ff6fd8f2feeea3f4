package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.locality.Locality;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorSumsTest {

  private static final int BLOCK = ShardFrame.BLOCK;

  private static final List<Surrogate> SURROGATES =
      List.of(
          LeastSquares.defaults(), Ridge.defaults(), new Ridge(30, false), new LeastSquares(false));

  private static Stream<Design> designs() {
    return ShardedScores.DESIGNS.stream();
  }

  private static ErrorSums pass(ShardedScores all, SecondPass fits, int each, long seed) {
    Random random = new Random(seed);
    List<ErrorSums> parts = new ArrayList<>();
    for (RowRange range : all.frame().shards(each)) {
      SecondPass there = Travelling.sent(fits);
      parts.add(Travelling.sent(ErrorSums.of(there, range, all.scores(range))));
    }
    Collections.shuffle(parts, random);
    return parts.stream().reduce(ErrorSums::plus).orElseThrow();
  }

  private static void assertNear(LinearFit expected, LinearFit got) {
    ShardFitsTest.assertNear(expected, got);
    Intervals.Margins own = assertInstanceOf(Intervals.Margins.class, expected.intervals());
    Intervals.Margins other = assertInstanceOf(Intervals.Margins.class, got.intervals());
    assertEquals(own.kind(), other.kind());
    for (int j = 0; j < own.freedom().size(); j++) {
      double error = own.standardErrors().get(j);
      assertEquals(error, other.standardErrors().get(j), 1e-9 * error);
      double freedom = own.freedom().get(j);
      assertEquals(freedom, other.freedom().get(j), 1e-9 * freedom);
      assertEquals(own.halfWidth(j), other.halfWidth(j), 1e-9 * own.halfWidth(j));
    }
  }

  private static void assertIntervals(ShardedScores all) {
    ShardSums sums = all.shuffled(3);
    for (Surrogate surrogate : SURROGATES) {
      SecondPass fits = SurrogateFitter.secondPass(surrogate, sums).orElseThrow();
      List<LinearFit> got = SurrogateFitter.fitAll(surrogate, sums, pass(all, fits, 2 * BLOCK, 1));
      List<LinearFit> expected = SurrogateFitter.fitAll(surrogate, all.whole());
      for (int c = 0; c < expected.size(); c++) {
        assertNear(expected.get(c), got.get(c));
      }
      assertEquals(got, SurrogateFitter.fitAll(surrogate, sums, pass(all, fits, BLOCK, 2)));
    }
  }

  @ParameterizedTest
  @MethodSource("designs")
  void shouldComeToTheIntervalsOfOneProcess(Design design) {
    assertIntervals(ShardedScores.of(design, 5 * BLOCK + 99, 20, 3, 1));
    assertIntervals(ShardedScores.of(design, 3 * BLOCK + 2, 65, 1, 2));
    assertIntervals(ShardedScores.of(design, 2 * BLOCK, 1, 1, 3));
  }

  @Test
  void shouldComeToTheIntervalsOfOneProcessWithFewRowsOfManySuperpixels() {
    assertIntervals(ShardedScores.of(new FoldedHadamard(), 500, 100, 2, 4));
    assertIntervals(ShardedScores.of(new FoldedHadamard(), 300, 200, 2, 4));
    assertIntervals(ShardedScores.of(new FoldedHadamard(), 30, 7, 2, 4));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-60, 1e60, 1e200})
  void shouldComeToTheIntervalsOfScoresOfAnySize(double spread) {
    double[] levels = {0, 2 * spread};
    assertIntervals(
        ShardedScores.of(
            new Antithetic(), 2 * BLOCK + 9, 12, Locality.defaults(), levels, spread, 4));
  }

  @Test
  void shouldNeedNoSecondPassWhereThereAreNoIntervals() {
    ShardSums sums = ShardedScores.of(new Antithetic(), 5000, 9, 1, 1).together();
    assertTrue(SurrogateFitter.secondPass(Lasso.defaults(), sums).isEmpty());
    ShardSums all = ShardedScores.exhaustive(10, 1).together();
    assertTrue(SurrogateFitter.secondPass(Ridge.defaults(), all).isEmpty());
    ShardSums few = ShardedScores.of(new Antithetic(), 10, 30, 1, 1).together();
    assertTrue(SurrogateFitter.secondPass(LeastSquares.defaults(), few).isEmpty());
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class, () -> SurrogateFitter.secondPass(new Shapley(), sums));
    assertTrue(e.toString().contains("gather"), e.toString());
    Intervals intervals =
        SurrogateFitter.fitAll(Ridge.defaults(), FitInput.of(sums)).getFirst().intervals();
    Intervals.None none = assertInstanceOf(Intervals.None.class, intervals);
    assertTrue(none.reason().contains("second pass"), none.reason());
  }

  @Test
  void shouldSayThatOneSampleDecidesWhereOneProcessSaysSo() {
    // Each superpixel is hidden about once.
    ShardedScores all = ShardedScores.of(new Bernoulli(0.9999), 2 * BLOCK, 5, 1, 4);
    ShardSums sums = all.together();
    Surrogate surrogate = new Ridge(1e-12, true);
    List<LinearFit> expected = SurrogateFitter.fitAll(surrogate, all.whole());
    List<LinearFit> got =
        SurrogateFitter.secondPass(surrogate, sums)
            .map(fits -> SurrogateFitter.fitAll(surrogate, sums, pass(all, fits, BLOCK, 1)))
            .orElseGet(() -> SurrogateFitter.fitAll(surrogate, FitInput.of(sums)));
    Intervals.None own = assertInstanceOf(Intervals.None.class, expected.getFirst().intervals());
    assertTrue(own.reason().contains("single sample decides"), own.reason());
    assertEquals(own, got.getFirst().intervals());
  }

  @Test
  void shouldRefuseRowsThatComeTwiceOrNotAtAllAndErrorsOfOtherFits() {
    ShardedScores all = ShardedScores.of(new Antithetic(), 3 * BLOCK, 9, 1, 1);
    ShardSums sums = all.together();
    SecondPass ridge = SurrogateFitter.secondPass(Ridge.defaults(), sums).orElseThrow();
    SecondPass other = SurrogateFitter.secondPass(new Ridge(50, true), sums).orElseThrow();
    List<RowRange> shards = all.frame().shards(BLOCK);
    ErrorSums first = ErrorSums.of(ridge, shards.get(0), all.scores(shards.get(0)));
    ErrorSums second = ErrorSums.of(other, shards.get(1), all.scores(shards.get(1)));
    assertThrows(InvalidInputException.class, () -> first.plus(first));
    assertThrows(InvalidInputException.class, () -> first.plus(second));
    assertEquals(List.of(new RowRange(BLOCK + 1, 3 * BLOCK + 1)), first.missing());
    assertThrows(
        InvalidInputException.class, () -> SurrogateFitter.fitAll(Ridge.defaults(), sums, first));
    assertThrows(
        InvalidInputException.class, () -> ErrorSums.of(ridge, shards.get(0), new double[BLOCK]));
  }
}
