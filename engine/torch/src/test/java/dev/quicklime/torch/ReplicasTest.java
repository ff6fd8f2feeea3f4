package dev.quicklime.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Device;
import dev.quicklime.model.MaskedPicture;
import dev.quicklime.model.MaskedScorer;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Preview;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicasTest {

  private static final Preprocessing INPUT =
      Preprocessing.imageNet()
          .withSize(2, 1)
          .withNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
  private static final Preview NOTHING = (format, rows, into) -> {};

  /** Scores a picture by its first number and notes who scored what. */
  private static final class Scorer implements PipelinedClassifier {
    private final String name;
    private final int batch;
    private final int inFlight;
    private final boolean composes;
    private final List<String> log;
    private final PipelinedClassifier memory;
    private boolean closed;

    Scorer(String name, int batch, int inFlight, boolean composes, List<String> log) {
      this.name = name;
      this.batch = batch;
      this.inFlight = inFlight;
      this.composes = composes;
      this.log = log;
      this.memory =
          (PipelinedClassifier)
              Classifier.of(name, INPUT, batch, pixels -> new double[] {pixels[0]});
    }

    @Override
    public ClassifierInfo info() {
      return new ClassifierInfo("model", "plain", null, name, "fp32", 1);
    }

    @Override
    public BatchFormat format() {
      return memory.format();
    }

    @Override
    public int batchSize() {
      return batch;
    }

    @Override
    public int inFlight() {
      return inFlight;
    }

    @Override
    public void settle(Preview preview) {
      log.add("settle " + name);
    }

    @Override
    public Batch newBatch() {
      return memory.newBatch();
    }

    @Override
    public double[] score(Batch of, int rows) {
      double[] scores = memory.score(of, rows);
      log.add(name + " " + (int) scores[0]);
      return scores;
    }

    @Override
    public Optional<MaskedScorer> masked(MaskedPicture picture) {
      if (!composes) {
        return Optional.empty();
      }
      log.add("open " + name);
      return Optional.of(
          new MaskedScorer() {
            @Override
            public PendingScores submit(long[] words, int rows) {
              log.add(name + " " + words[0]);
              double[] scores = {words[0]};
              return () -> scores;
            }

            @Override
            public void close() {
              log.add("close " + name);
            }
          });
    }

    @Override
    public void close() {
      closed = true;
      memory.close();
    }
  }

  private final List<String> log = new ArrayList<>();

  private Scorer scorer(String name) {
    return new Scorer(name, 1, 2, true, log);
  }

  /** Scores 0, 1, 2, … in batches of one, as many under way as there may be. */
  private static List<Double> run(PipelinedClassifier classifier, int count) {
    List<Double> scores = new ArrayList<>();
    List<Batch> ring = new ArrayList<>();
    ArrayDeque<PendingScores> flying = new ArrayDeque<>();
    for (int i = 0; i < count; i++) {
      if (flying.size() == classifier.inFlight()) {
        scores.add(flying.remove().await()[0]);
      }
      if (ring.size() < classifier.inFlight()) {
        ring.add(classifier.newBatch());
      }
      Batch batch = ring.get(i % ring.size());
      batch.pixels().setAtIndex(ValueLayout.JAVA_FLOAT, 0, i);
      flying.add(classifier.submit(batch, 1));
    }
    flying.forEach(pending -> scores.add(pending.await()[0]));
    ring.forEach(Batch::close);
    return scores;
  }

  @Test
  void shouldHandBatchesOutInTurnAndKeepTheirOrder() {
    Scorer a = scorer("a");
    Scorer b = scorer("b");
    Scorer c = scorer("c");
    try (Replicas all = Replicas.of(a, _ -> List.of(b, c))) {
      all.settle(NOTHING);
      log.clear();
      assertEquals(6, all.inFlight());
      assertEquals("a, b, c", all.info().device());
      assertEquals(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0), run(all, 11));
      assertEquals(
          List.of("a 0", "b 1", "c 2", "a 3", "b 4", "c 5", "a 6", "b 7", "c 8", "a 9", "b 10"),
          log);
    }
    assertTrue(a.closed && b.closed && c.closed);
  }

  @Test
  void shouldOpenTheOthersOnceAndAfterTheFirstHasSettled() {
    Scorer a = scorer("a");
    try (Replicas all =
        Replicas.of(
            a,
            first -> {
              assertSame(a, first);
              log.add("open others");
              return List.of(scorer("b"));
            })) {
      assertEquals(List.of(0.0, 1.0), run(all, 2));
      log.clear();
      all.settle(NOTHING);
      all.settle(NOTHING);
      assertEquals(List.of("settle a", "open others", "settle a", "settle b"), log);
    }
  }

  @Test
  void shouldRefuseReplicasThatDiffer() {
    Scorer other = new Scorer("b", 2, 1, false, log);
    try (Replicas all = Replicas.of(scorer("a"), _ -> List.of(other))) {
      assertThrows(IllegalStateException.class, () -> all.settle(NOTHING));
    }
    assertTrue(other.closed);
  }

  @Test
  void shouldRefuseABatchOfAnotherClassifier() {
    Scorer a = scorer("a");
    try (Replicas all = Replicas.of(a, _ -> List.of());
        Batch foreign = a.newBatch()) {
      assertThrows(InvalidInputException.class, () -> all.submit(foreign, 1));
      assertThrows(InvalidInputException.class, () -> all.score(foreign, 1));
    }
  }

  @Test
  void shouldHandMasksOutInTurn() {
    MaskedPicture picture = new MaskedPicture(3, new int[2], (MemorySegment _) -> {});
    try (Replicas all = Replicas.of(scorer("a"), _ -> List.of(scorer("b")))) {
      all.settle(NOTHING);
      log.clear();
      try (MaskedScorer scorer = all.masked(picture).orElseThrow()) {
        for (long i = 0; i < 3; i++) {
          assertArrayEquals(new double[] {i}, scorer.submit(new long[] {i}, 1).await());
        }
      }
      assertEquals(List.of("open a", "open b", "a 0", "b 1", "a 2", "close a", "close b"), log);
    }
  }

  @Test
  void shouldComposeOnTheHostUnlessAllComposeThemselves() {
    MaskedPicture picture = new MaskedPicture(3, new int[2], (MemorySegment _) -> {});
    Scorer plain = new Scorer("b", 1, 2, false, log);
    try (Replicas all = Replicas.of(scorer("a"), _ -> List.of(plain))) {
      all.settle(NOTHING);
      log.clear();
      assertTrue(all.masked(picture).isEmpty());
      assertEquals(List.of("open a", "close a"), log);
    }
  }

  @Test
  void shouldReturnTheOpenersClassifierForOneDevice() {
    Scorer a = scorer("a");
    ModelOptions options = ModelOptions.of(INPUT).withDevice(Device.cpu());
    assertSame(
        a,
        Replicas.open(
            options,
            got -> {
              assertSame(options, got);
              return a;
            }));
    a.close();
  }

  @Test
  void shouldNameADeviceThatIsNotThereBeforeOpeningAnything() {
    ModelOptions options = ModelOptions.of(INPUT).withDevice(Device.parse("cuda:76,77"));
    QuicklimeException e =
        assertThrows(
            QuicklimeException.class,
            () ->
                Replicas.open(
                    options,
                    _ -> {
                      throw new AssertionError("opened");
                    }));
    assertTrue(e.toString().contains("cuda:76"), e.toString());
  }
}
