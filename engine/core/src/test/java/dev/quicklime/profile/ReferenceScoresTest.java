package dev.quicklime.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.FixedSize;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.Leverage;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.Shapley;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceScoresTest {

  private static final int SIDE = 12;
  private static final int BATCH = 7;

  private static final ProfileOptions OPTIONS =
      options(
          List.of(Bernoulli.defaults(), new FoldedHadamard(), new FixedSize()),
          List.of(Target.LOGIT, Target.PROBABILITY),
          300,
          45);

  private static ProfileOptions options(
      List<Design> designs, List<Target> targets, int reference, int heldOut) {
    return new ProfileOptions(
        ExplainOptions.defaults()
            .withSegmenter(new Tiles(3, 3))
            .withSurrogate(LeastSquares.defaults())
            .withClasses(ClassChoice.top(2)),
        designs,
        List.of(20, 40),
        targets,
        0.2,
        reference,
        heldOut);
  }

  private static Image picture(int seed) {
    byte[] pixels = new byte[SIDE * SIDE * 3];
    new Random(seed).nextBytes(pixels);
    return Image.of8(SIDE, SIDE, 3, pixels);
  }

  /** A model whose last bits depend on a picture's place in its batch, and on who stands beside. */
  private static Explainer explainer() {
    int each = SIDE * SIDE * 3;
    Classifier heedful =
        Classifier.ofBatch(
            "heedful",
            Preprocessing.imageNet().withSize(SIDE, SIDE),
            BATCH,
            (pixels, rows) -> {
              float[][] scores = new float[rows][3];
              for (int row = 0; row < rows; row++) {
                float beside = pixels.get((row + 1) % rows * each);
                for (int c = 0; c < 3; c++) {
                  float sum = 0;
                  for (int i = c; i < each; i += 5) {
                    sum += pixels.get(row * each + i) * (float) Math.sin(i * (c + 1));
                  }
                  scores[row][c] = sum / 20 + 1e-5f * row + 1e-5f * beside;
                }
              }
              return scores;
            });
    return Explainer.of(heedful, Labels.none());
  }

  private static List<ReferencePart> parts(
      Explainer explainer, Image picture, ProfileOptions options, int rows) {
    List<ReferencePart> parts = new ArrayList<>();
    for (ReferenceRange range : ReferenceRange.split(options, rows, BATCH)) {
      // Each range by itself, as on a machine of its own.
      try (ReferenceScorer scorer = ReferenceScorer.of(explainer, picture, options)) {
        parts.add(scorer.score(range, Progress.none()));
      }
    }
    return parts;
  }

  private static List<Object> said(PictureProfile profile, ProfileOptions options) {
    List<Object> all = new ArrayList<>();
    for (Design design : options.designs()) {
      for (Target target : options.targets()) {
        all.add(profile.uncertainty(design, target));
      }
    }
    for (int seed = 0; seed < 2; seed++) {
      for (ProfileRow row : profile.rows(seed, seed == 0, Progress.none())) {
        all.add(
            List.of(
                row.setting(),
                row.quality(),
                row.strongest(),
                String.valueOf(row.missed()),
                row.forwards()));
      }
    }
    return all;
  }

  @SuppressWarnings("unchecked")
  private static <T> T sent(T one) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(one);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return (T) in.readObject();
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 50, 64, 100_000})
  void shouldProfileToTheBitFromPartsInAnyOrder(int rows) {
    try (Explainer explainer = explainer()) {
      List<Object> whole;
      try (PictureProfile profile =
          PictureProfile.begin(explainer, picture(1), OPTIONS, Progress.none())) {
        whole = said(profile, OPTIONS);
      }
      List<ReferencePart> parts = parts(explainer, picture(1), OPTIONS, rows);
      List<ReferencePart> came = new ArrayList<>(parts.stream().map(part -> sent(part)).toList());
      Collections.shuffle(came, new Random(rows));
      ReferenceScores scores = sent(ReferenceScores.of(OPTIONS, came));
      for (int again = 0; again < 2; again++) {
        try (PictureProfile profile =
            PictureProfile.begin(explainer, picture(1), OPTIONS, scores)) {
          assertEquals(whole, said(profile, OPTIONS));
        }
      }
    }
  }

  @Test
  void shouldJudgeShapleyValuesByTheSamplesOfTheirLaw() {
    ProfileOptions shapley =
        new ProfileOptions(
            OPTIONS.explain().withSurrogate(new Shapley()),
            List.of(new Leverage()),
            List.of(30),
            List.of(Target.PROBABILITY),
            0,
            200,
            33);
    try (Explainer explainer = explainer()) {
      List<Object> whole;
      try (PictureProfile profile =
          PictureProfile.begin(explainer, picture(2), shapley, Progress.none())) {
        whole = said(profile, shapley);
      }
      ReferenceScores scores =
          ReferenceScores.of(shapley, parts(explainer, picture(2), shapley, 20));
      try (PictureProfile profile = PictureProfile.begin(explainer, picture(2), shapley, scores)) {
        assertEquals(whole, said(profile, shapley));
      }
    }
  }

  @Test
  void shouldDivideIntoWholeBatchesThatHoldEachRowOnce() {
    for (int rows : new int[] {1, 7, 8, 50, 1000}) {
      int[] next = new int[5];
      for (ReferenceRange range : ReferenceRange.split(OPTIONS, rows, BATCH)) {
        assertEquals(next[range.set()], range.from());
        assertEquals(0, range.from() % BATCH);
        next[range.set()] = range.to();
      }
      // Of those that no fit sees, and of two halves for each of two laws; the original with each.
      assertEquals(List.of(46, 151, 151, 151, 151), java.util.Arrays.stream(next).boxed().toList());
    }
  }

  @Test
  void shouldRefuseRowsThatAreMissingOrThereTwice() {
    try (Explainer explainer = explainer()) {
      List<ReferencePart> parts = parts(explainer, picture(1), OPTIONS, 50);
      for (int i = 0; i < parts.size(); i++) {
        List<ReferencePart> fewer = new ArrayList<>(parts);
        ReferencePart taken = fewer.remove(i);
        refused("hold each row once", fewer);
        List<ReferencePart> more = new ArrayList<>(parts);
        more.add(taken);
        refused("hold each row once", more);
      }
      refused("got none", List.of());
    }
  }

  @Test
  void shouldRefuseScoresOfSomethingElse() {
    ProfileOptions others = options(OPTIONS.designs().subList(0, 2), OPTIONS.targets(), 300, 45);
    ProfileOptions tiles =
        new ProfileOptions(
            OPTIONS.explain().withSegmenter(new Tiles(2, 2)),
            OPTIONS.designs(),
            OPTIONS.counts(),
            OPTIONS.targets(),
            0,
            300,
            45);
    try (Explainer explainer = explainer()) {
      List<ReferencePart> parts = parts(explainer, picture(1), OPTIONS, 200);
      List<ReferencePart> mixed = new ArrayList<>(parts);
      mixed.set(1, parts(explainer, picture(1), tiles, 200).get(1));
      refused("profile's targets, got 4 superpixels", mixed);
      ReferenceScores scores = ReferenceScores.of(OPTIONS, parts);
      for (ProfileOptions asked : List.of(others, tiles)) {
        InvalidInputException e =
            assertThrows(
                InvalidInputException.class,
                () -> PictureProfile.begin(explainer, picture(1), asked, scores));
        assertTrue(
            String.valueOf(e.getMessage()).startsWith("scores must be of the picture"),
            e.getMessage());
      }
      try (ReferenceScorer scorer = ReferenceScorer.of(explainer, picture(1), OPTIONS)) {
        for (ReferenceRange range :
            List.of(new ReferenceRange(5, 0, 1), new ReferenceRange(0, 40, 47))) {
          assertThrows(InvalidInputException.class, () -> scorer.score(range, Progress.none()));
        }
      }
    }
    assertThrows(InvalidInputException.class, () -> new ReferenceRange(0, 3, 3));
    assertThrows(InvalidInputException.class, () -> new ReferenceRange(-1, 0, 3));
    assertThrows(InvalidInputException.class, () -> ReferenceRange.split(OPTIONS, 0, 1));
    assertThrows(InvalidInputException.class, () -> ReferenceRange.split(OPTIONS, 1, 0));
  }

  private static void refused(String why, List<ReferencePart> parts) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> ReferenceScores.of(OPTIONS, parts));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }
}
