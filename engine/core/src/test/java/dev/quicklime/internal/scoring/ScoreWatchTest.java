package dev.quicklime.internal.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.model.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreWatchTest {

  private static List<String> notices(Target target, int classes, double... scores) {
    ScoreWatch watch = new ScoreWatch("picture", "fp32");
    watch.see(scores, 0, scores.length / classes, classes);
    return watch.notices(target);
  }

  private static List<String> again(String precision, double first, double second) {
    ScoreWatch watch = new ScoreWatch("picture", precision);
    watch.see(new double[] {first, -8}, 0, 1, 2);
    watch.again(new double[] {7, 7, second, -8}, 2);
    return watch.notices(Target.PROBABILITY);
  }

  @Test
  void shouldSayThatScoresAreProbabilities() {
    assertEquals(
        List.of(
            "the model's scores are probabilities already, each picture's sum to 1: their softmax,"
                + " which is shown as probability, is not what the model says; take its scores from"
                + " before its softmax, or explain the raw score, which is the model's own"
                + " probability"),
        notices(Target.PROBABILITY, 3, 0.3347, 0.1, 0.5653, 0.2, 0.3, 0.5));
    assertTrue(notices(Target.LOGIT, 2, 0.5, 0.5).getFirst().endsWith("before its softmax"));
    assertEquals(1, notices(Target.SIGMOID, 2, 0.5, 0.5).size());
  }

  @Test
  void shouldSayThatScoresAreSigmoids() {
    assertTrue(
        notices(Target.PROBABILITY, 2, 0.9, 0.8, 0.1, 0.7)
            .getFirst()
            .startsWith("the model's scores all lie between 0 and 1, as after a sigmoid"));
    assertEquals(1, notices(Target.SIGMOID, 1, 0.9, 0.2).size());
  }

  @Test
  void shouldSayThatScoresArePercentages() {
    String said = notices(Target.PROBABILITY, 3, 33.47, 10, 56.53, 20, 30, 50).getFirst();
    assertTrue(said.startsWith("the model's scores are percentages already, each picture"), said);
    assertEquals(List.of(), notices(Target.PROBABILITY, 2, 140, -40, 20, 80));
    assertEquals(List.of(), notices(Target.PROBABILITY, 2, 40, 60, 20, 81));
    assertEquals(List.of(), notices(Target.LOGIT, 1, 100, 100));
  }

  @Test
  void shouldSayNothingOfRawScores() {
    assertEquals(List.of(), notices(Target.PROBABILITY, 2, 0.5, 0.5, 1.5, -0.5));
    assertEquals(List.of(), notices(Target.PROBABILITY, 2, 0.5, 0.5, 3, 1));
    // One output that is explained as it is.
    assertEquals(List.of(), notices(Target.LOGIT, 1, 0.9, 0.2));
    // One-hot rows and zeros are no fractions that a softmax gives.
    assertEquals(List.of(), notices(Target.PROBABILITY, 2, 0, 1, 1, 0));
  }

  @Test
  void shouldSayThatASampleScoresOtherwiseTheSecondTime() {
    assertEquals(
        List.of(
            "the model scores the same picture otherwise beside other pictures or the second time,"
                + " 3.000 and 3.500: weights follow its chance as well as the picture; dropout or"
                + " batch normalisation in training mode does this, so export the model in"
                + " evaluation mode"),
        again("fp32", 3, 3.5));
    assertEquals(1, again("fp32", 3, 3.01).size());
    assertEquals(1, again("bf16", 3, 3.5).size());
  }

  @Test
  void shouldAllowForRounding() {
    assertEquals(List.of(), again("fp32", 3, 3));
    assertEquals(List.of(), again("fp32", 3, 3.001));
    assertEquals(List.of(), again("bf16", 3, 3.1));
  }
}
