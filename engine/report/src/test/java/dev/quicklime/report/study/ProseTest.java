package dev.quicklime.report.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.fidelity.StopRule;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.model.Target;
import dev.quicklime.profile.FitQuality;
import dev.quicklime.profile.FitSetting;
import dev.quicklime.profile.ProfileRow;
import dev.quicklime.report.Explained;
import dev.quicklime.report.statistics.Spread;
import dev.quicklime.report.study.Closeness.Fitted;
import dev.quicklime.report.study.Convergence.Falling;
import dev.quicklime.report.study.Sharing.Pair;
import dev.quicklime.report.study.Sharing.Weighted;
import dev.quicklime.report.study.Trust.Judged;
import dev.quicklime.report.study.Variation.Varying;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.Surrogate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProseTest {

  private static Spread spread(double range, double deviation) {
    return new Spread(100, 0, deviation, -2, 0, 0.1, range, 2);
  }

  @Test
  void shouldSayWhichClassVariesMost() {
    assertEquals(
        "Over 1,000 samples the raw score of “a” varies most, with an interquartile range of 2.00"
            + " and a standard deviation of 1.50; that of “b” has an interquartile range of 1.00"
            + " and a standard deviation of 0.700.",
        new Variation(
                "raw score",
                1000,
                List.of(new Varying("a", spread(2, 1.5)), new Varying("b", spread(1, 0.7))),
                List.of())
            .say());
  }

  @Test
  void shouldCallRangesAlikeThatHardlyDiffer() {
    String said =
        new Variation(
                "probability",
                1,
                List.of(
                    new Varying("a", spread(2, 1)),
                    new Varying("b", spread(1.9, 1)),
                    new Varying("c", spread(0.1, 1))),
                List.of("d", "e"))
            .say();
    assertTrue(said.startsWith("Over 1 sample the probability of “a” and that of “b” vary about"));
    assertTrue(said.contains("alike and most"));
    assertTrue(
        said.endsWith(
            "The probability of “d” and “e” is the same in every sample, so that there is nothing"
                + " to explain."));
  }

  @Test
  void shouldCompareDeviationsWhereRangesAreNone() {
    // Won by one class in 80 % of the samples and by another in 15 %: all quartiles are 0 or 1.
    String said =
        new Variation(
                "top-1 indicator",
                100,
                List.of(
                    new Varying("a", spread(0, 0.4)),
                    new Varying("b", spread(0, 0.3)),
                    new Varying("c", spread(0, 0.1))),
                List.of())
            .say();
    assertEquals(
        "Over 100 samples the top-1 indicator of “a” varies most, with an interquartile range of 0"
            + " and a standard deviation of 0.400; the least varying, “c”, has an interquartile"
            + " range of 0 and a standard deviation of 0.100.",
        said);
  }

  @Test
  void shouldNameNoWinnerBetweenAreasThatAreNext() {
    assertFalse(Rivals.smaller(0.00030, 0.00031, 0.01));
    assertFalse(Rivals.smaller(0.5, 0.505, 0.001));
    assertTrue(Rivals.smaller(0.3, 0.32, 0.01));
    assertTrue(Rivals.smaller(-3, -2, 0));
  }

  @Test
  void shouldSayWhichFitIsLoosest() {
    String said =
        new Closeness(
                "raw score",
                List.of(
                    new Fitted("a", 0.9, 0.01, 0.5, 1),
                    new Fitted("b", 0.7, 0.02, 0.1, 1),
                    new Fitted("c", 0.4, 0.25, 0.9, 3)))
            .say();
    assertEquals(
        "The loosest fit is that of “c”, with an R² of 0.400 and a median loss of 0.250; the"
            + " closest is that of “a”, with 0.900 and 0.0100. The weights of “c” follow less than"
            + " half of the variation and are a hint at best. At the picture itself the fit of “a”"
            + " is farthest off, by 0.500 of the raw score, 0.5 standard deviations of the"
            + " samples.",
        said);
    assertTrue(
        new Closeness("x", List.of(new Fitted("a", 0.81, 1, 1, 1), new Fitted("b", 0.8, 1, 1, 1)))
            .say()
            .startsWith("All fits are about equally close, with an R² from 0.800 to 0.810."));
    assertTrue(
        new Closeness("x", List.of(new Fitted("a", 0.3, 1, 1, 1), new Fitted("b", 0.1, 1, 1, 1)))
            .say()
            .contains("No fit follows half of the variation"));
    assertEquals(
        "The weights of “a” reach an R² of 0.800. At the picture itself the fit is off by 1.00 of"
            + " the x, 0.5 standard deviations of the samples.",
        new Closeness("x", List.of(new Fitted("a", 0.8, 1, 1, 2))).say());
    assertEquals("", new Closeness("x", List.of()).say());
  }

  @Test
  void shouldSayWhichClassesShareSuperpixels() {
    List<Integer> ten = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertEquals(
        "Of 64 superpixels, 12 have a weight for “a” (7 of them positive) and 1 for “b” (0 of them"
            + " positive). No superpixel has a weight for “c”. The 95 % intervals exclude 0 for 9"
            + " of the 10 strongest of “a”. “a” and “b” share one of their strongest superpixels"
            + " (3), with opposite signs.",
        new Sharing(
                64,
                10,
                List.of(
                    new Weighted("a", 12, 7, ten, 9),
                    new Weighted("b", 1, 0, List.of(3), -1),
                    new Weighted("c", 0, 0, List.of(), -1)),
                List.of(new Pair("a", "b", List.of(3), 1, false)))
            .say());
    assertTrue(
        new Sharing(64, 10, List.of(), List.of(new Pair("a", "b", List.of(3, 5), 0, true)))
            .say()
            .contains("“a” and “b” share two of their ten strongest superpixels (3, 5), all with"));
    assertTrue(
        new Sharing(64, 10, List.of(), List.of(new Pair("a", "b", List.of(), 0, true)))
            .say()
            .contains("No two classes share one of their strongest superpixels."));
  }

  @Test
  void shouldCompareAnExplanationsOwnWeights() {
    // Class 1 is the opposite of class 0, so that both share everything with opposite signs.
    Explanation explanation =
        Explained.of(
            2,
            pixels -> {
              double sum = 0;
              for (int i = 0; i < 1024; i++) {
                sum += pixels[i] * (i % 32 < 16 ? 1 : -2);
              }
              return new double[] {sum / 100, -sum / 100};
            },
            options(4).withTarget(Target.LOGIT));
    Sharing sharing = Sharing.of(explanation);
    assertEquals(1, sharing.pairs().size());
    int most = StopRule.strongest(16);
    assertEquals(most, sharing.pairs().getFirst().shared().size());
    assertEquals(most, sharing.pairs().getFirst().opposed());
    Variation variation = Variation.of(explanation);
    assertEquals(
        variation.classes().get(0).range(),
        variation.classes().get(1).range(),
        1e-9 * variation.classes().get(0).range());
    assertTrue(Prose.ofPicture(studied(explanation, null)).getFirst().contains("vary about alike"));
  }

  @Test
  void shouldSayWhereChanceWasLearnt() {
    assertEquals(
        "On 250 samples that no fit has seen, R² is 0.500 for “a” and 0.700 for “b”. For “a” that"
            + " is more than 0.1 below the R² of the samples that were used: the fit has learnt"
            + " chance too, and more samples would help. Over 5 seeds the ten strongest superpixels"
            + " agree by a Jaccard index of 0.80 for “a” and 0.90 for “b”.",
        new Trust(
                250,
                5,
                10,
                List.of(new Judged("a", 0.9, 0.5, 0.8, 0.7), new Judged("b", 0.75, 0.7, 0.9, 0.7)))
            .say());
    assertEquals("", new Trust(250, 1, 3, List.of(new Judged("a", null, null, null, null))).say());
  }

  @Test
  void shouldSayWhoseOrderTheModelHeeds() {
    assertEquals(
        "The weights and Grad-CAM's map have a rank correlation of 0.51 for “a”. The area under"
            + " deletion is smaller by the order of the weights for all three classes, that under"
            + " insertion larger by the order of the weights for one of three classes, by that of"
            + " the map for one, and about equal for the rest.",
        new Rivals(List.of("0.51 for “a”"), 3, 3, 0, 1, 1).say());
    assertEquals(
        "The area under deletion is about equal, that under insertion larger by the order of the"
            + " map.",
        new Rivals(List.of(), 1, 0, 0, 0, 1).say());
    assertEquals(
        "The area under deletion is smaller by the order of the map for two of four classes, and"
            + " about equal for the rest, that under insertion about equal for all classes.",
        new Rivals(List.of(), 4, 0, 2, 0, 0).say());
  }

  @Test
  void shouldSayHowTheErrorFalls() {
    assertEquals(
        "From 62 to 1,000 samples the relative squared error of the weights goes from 1.5 to 0.061"
            + " for “a”.",
        new Convergence(List.of(new Falling("a", 62, 1.5, 1000, 0.0611))).say());
    assertEquals("", new Convergence(List.of()).say());
  }

  private static ExplainOptions options(int side) {
    return ExplainOptions.defaults()
        .withSegmenter(new Tiles(side, side))
        .withSurrogate(LeastSquares.defaults())
        .withSamples(80);
  }

  private static StudiedPicture studied(Explanation explanation, @Nullable Fidelity fidelity) {
    int index = explanation.classes().getFirst().scored().index();
    List<ProfileRow> profile = new ArrayList<>();
    for (int samples : new int[] {10, 20, 40}) {
      profile.add(
          new ProfileRow(
              new FitSetting(Bernoulli.defaults(), Target.LOGIT, index, samples, 0, 1),
              new FitQuality(1.0 / samples, null, 0.5, 0.6, null, null),
              List.of(),
              null,
              samples,
              0.1));
    }
    return new StudiedPicture("p.png", Path.of("p.png"), "p", explanation, fidelity, null, profile);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void shouldReadWellWhateverWasFound(long seed) {
    Random random = new Random(seed);
    int classes = 1 + random.nextInt(4);
    double[] slopes = random.doubles(classes).map(each -> each < 0.3 ? 0 : each / 40).toArray();
    boolean bent = random.nextBoolean();
    PixelScorer scorer =
        pixels -> {
          double[] scores = new double[classes];
          for (int c = 0; c < classes; c++) {
            double sum = 0;
            for (int i = 0; i < 1024; i++) {
              sum += pixels[i] * Math.cos(i * (c + 1.0));
            }
            scores[c] = bent ? Math.sin(slopes[c] * sum * 9) : slopes[c] * sum;
          }
          return scores;
        };
    Surrogate surrogate =
        random.nextBoolean() ? LeastSquares.defaults() : Lasso.defaults().withAlpha(0.05);
    Target target = Target.values()[random.nextInt(Target.values().length)];
    Explanation explanation =
        Explained.of(
            classes,
            scorer,
            options(2)
                .withSegmenter(new Tiles(1 + random.nextInt(3), 2 + random.nextInt(3)))
                .withTarget(target)
                .withSurrogate(surrogate)
                .withSamples(1 + random.nextInt(90)));
    Fidelity fidelity =
        random.nextBoolean() ? Explained.judged(classes, scorer, explanation) : null;
    StudiedPicture studied = studied(explanation, fidelity);
    List<String> all = new ArrayList<>(Prose.ofPicture(studied));
    all.addAll(Prose.ofStudy(List.of(studied)));
    all.addAll(Prose.ofStudy(List.of(studied, studied)));
    for (String paragraph : all) {
      assertFalse(
          paragraph.matches(".*(NaN|null|undefined|Infinity|∞|  |\\.\\.| \\.| ,|%[sd]|\\(\\)).*"),
          paragraph);
      assertTrue(paragraph.matches("[\\p{Lu}“].*\\."), paragraph);
    }
    assertFalse(all.isEmpty());
  }
}
