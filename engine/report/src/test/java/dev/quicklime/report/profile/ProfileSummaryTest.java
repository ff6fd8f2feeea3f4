package dev.quicklime.report.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.profile.FitQuality;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProfileSummaryTest {

  private static final List<String> DESIGNS = List.of("bernoulli", "hadamard");

  private static ProfileSummary sum(List<ProfileLine> lines, @Nullable Double asked) {
    return ProfileSummary.of(lines, DESIGNS, asked);
  }

  private static List<Point> points(ProfileSummary summary, String design) {
    return Objects.requireNonNull(
        Objects.requireNonNull(summary.points().get("logit")).get(design));
  }

  /** Errors of 64/n and of 16/n. */
  private static List<ProfileLine> falling() {
    List<ProfileLine> lines = new ArrayList<>();
    for (int samples : new int[] {250, 500, 1000, 2000}) {
      lines.add(Lines.line("bernoulli", samples, 0, 64.0 / samples, "1"));
      lines.add(Lines.line("hadamard", samples, 0, 16.0 / samples, "1"));
    }
    return lines;
  }

  @Test
  void shouldSayTheBoundOfAStopRuleAsItWasAskedFor() {
    List<ProfileLine> lines = falling();
    assertEquals(0, sum(lines, null).bound());
    for (int seed = 0; seed < 3; seed++) {
      lines.add(
          new ProfileLine(
              new LineSetting("cat", 9, "hadamard", "logit", 0, 64, 0.05, seed),
              new FitQuality(0.1, null, 0.5, 0.6, null, null),
              "1",
              65,
              0.064,
              "",
              "tabby",
              "cat"));
    }
    // Three times 0.05, divided by three, is 0.05000000000000001.
    assertEquals(0.05, sum(lines, null).bound());
  }

  @Test
  void shouldTakeMeansOverPicturesAndBandsOverSeeds() {
    List<ProfileLine> lines = new ArrayList<>();
    for (int seed = 0; seed <= 100; seed++) {
      // Each seed's mean over both pictures is the seed.
      lines.add(Lines.line("cat", "bernoulli", 64, seed, seed - 1.0, "1"));
      lines.add(Lines.line("dog", "bernoulli", 64, seed, seed + 1.0, "1"));
    }
    Band error = points(sum(lines, null), "bernoulli").getFirst().error();
    assertEquals(50, error.mean(), 1e-12);
    assertEquals(16, error.low(), 1e-12);
    assertEquals(84, error.high(), 1e-12);
  }

  @Test
  void shouldLeaveOutWhatIsNotKnown() {
    ProfileSummary summary =
        sum(
            List.of(
                Lines.line("bernoulli", 64, 0, null, "1"),
                Lines.line("bernoulli", 64, 1, 3.0, "1"),
                Lines.line("hadamard", 64, 0, null, "1")),
            null);
    assertEquals(3, points(summary, "bernoulli").getFirst().error().mean());
    assertTrue(points(summary, "hadamard").getFirst().error().isEmpty());
    assertTrue(points(summary, "bernoulli").getFirst().coverage().isEmpty());
  }

  @Test
  void shouldCompareTheStrongestSuperpixelsOfEachPairOfSeeds() {
    ProfileSummary summary =
        sum(
            List.of(
                Lines.line("bernoulli", 64, 0, 1.0, "1 2 3"),
                Lines.line("bernoulli", 64, 1, 1.0, "3 2 1"),
                Lines.line("bernoulli", 64, 2, 1.0, "1 2 4"),
                Lines.line("dog", "bernoulli", 64, 0, 1.0, "7 8 9")),
            null);
    // 1, 1/2 and 1/2 between three seeds of one picture, nothing between two pictures.
    assertEquals(2.0 / 3, points(summary, "bernoulli").getFirst().likeness().mean(), 1e-12);
  }

  @Test
  void shouldSayHowManySamplesReachTheErrorOfTheYardstick() {
    ProfileFindings findings = new ProfileFindings(sum(falling(), null));
    assertEquals(
        "On logits, a relative squared error of 0.0640, that of bernoulli with 1000, takes"
            + " bernoulli 1000, hadamard at most 250 (4.0 times fewer) samples.",
        findings.sentence("logit"));
  }

  @Test
  void shouldInterpolateBetweenLogarithms() {
    ProfileFindings findings = new ProfileFindings(sum(falling(), 0.045));
    assertEquals(
        "On logits, a relative squared error of 0.0450 takes bernoulli 1423, hadamard 356"
            + " (4.0 times fewer) samples.",
        findings.sentence("logit"));
  }

  @Test
  void shouldSayWhatWasNotReached() {
    ProfileFindings findings = new ProfileFindings(sum(falling(), 0.01));
    assertEquals(
        "On logits, a relative squared error of 0.0100 takes bernoulli more than 2000, hadamard"
            + " 1600 samples.",
        findings.sentence("logit"));
  }

  @Test
  void shouldTakeTheNearestNumberWhereTheYardstickDoesNotReachThousand() {
    List<ProfileLine> lines =
        List.of(
            Lines.line("bernoulli", 100, 0, 0.4, "1"), Lines.line("bernoulli", 200, 0, 0.2, "1"));
    assertEquals(
        "On logits, a relative squared error of 0.200, that of bernoulli with 200, takes bernoulli"
            + " 200 samples.",
        new ProfileFindings(sum(lines, null)).sentence("logit"));
  }

  @Test
  void shouldAskForAnErrorWithoutAYardstick() {
    String sentence =
        new ProfileFindings(sum(List.of(Lines.line("hadamard", 64, 0, 0.4, "1")), null))
            .sentence("logit");
    assertTrue(sentence.contains("no error is set"), sentence);
  }

  @Test
  void shouldNotTrustADipThatDoesNotLast() {
    Curve curve =
        sum(
                List.of(
                    Lines.line("bernoulli", 64, 0, 0.5, "1"),
                    Lines.line("bernoulli", 128, 0, 30.0, "1"),
                    Lines.line("bernoulli", 256, 0, 0.3, "1")),
                null)
            .curve("logit", "bernoulli");
    double share = Math.log(30 / 0.6) / Math.log(30 / 0.3);
    assertEquals(128 * Math.pow(2, share), curve.samplesFor(0.6).orElseThrow(), 1e-9);
    assertTrue(curve.samplesFor(0.1).isEmpty());
  }

  @Test
  void shouldWarnOfAReferenceThatIsNotKnownWell() {
    List<ProfileLine> lines = falling();
    lines.add(Lines.reference("bernoulli", 0.003));
    lines.add(Lines.reference("hadamard", 0.0007));
    assertFalse(new ProfileFindings(sum(lines, null)).warning("logit").isPresent());
    lines.removeLast();
    lines.add(Lines.reference("hadamard", 0.0009));
    String warning = new ProfileFindings(sum(lines, null)).warning("logit").orElse("");
    assertTrue(warning.contains("hadamard, 0.0080"), warning);
    assertTrue(warning.contains("0.00090"), warning);
  }

  @Test
  void shouldCountReferencesAsNeitherSeedsNorSamples() {
    List<ProfileLine> lines = falling();
    lines.add(Lines.reference("bernoulli", 0.003));
    ProfileSummary summary = sum(lines, null);
    assertEquals(1, summary.seeds());
    assertEquals(List.of(250, 500, 1000, 2000), summary.counts());
    assertEquals(5000, summary.reference());
  }
}
