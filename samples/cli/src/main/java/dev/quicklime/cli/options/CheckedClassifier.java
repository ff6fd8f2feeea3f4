package dev.quicklime.cli.options;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cli.run.TimeLine;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Labels;
import dev.quicklime.model.MaskedPicture;
import dev.quicklime.model.MaskedScorer;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Preview;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A classifier that compares its first scores with the labels and classes that were asked for. What
 * is wrong with those is wrong for every picture, so it is told apart from what is wrong with one.
 *
 * @param model what scores
 * @param labels names of its classes
 * @param choice which of them are explained
 * @param told adds to what the model says of itself
 */
record CheckedClassifier(
    PipelinedClassifier model,
    Labels labels,
    ClassChoice choice,
    UnaryOperator<ClassifierInfo> told)
    implements PipelinedClassifier {

  /** One that adds nothing to what the model says of itself. */
  CheckedClassifier(PipelinedClassifier model, Labels labels, ClassChoice choice) {
    this(model, labels, choice, UnaryOperator.identity());
  }

  @Override
  public ClassifierInfo info() {
    return told.apply(model.info());
  }

  @Override
  public BatchFormat format() {
    return model.format();
  }

  @Override
  public int batchSize() {
    return model.batchSize();
  }

  @Override
  public void settle(Preview preview) {
    TimeLine.reached("the picture is ready");
    model.settle(new CheckedPreview(preview));
  }

  /** The same for samples that the model scores while it settles. */
  private final class CheckedPreview implements Preview {
    private final Preview preview;

    CheckedPreview(Preview preview) {
      this.preview = preview;
    }

    @Override
    public void write(BatchFormat format, int rows, MemorySegment into) {
      preview.write(format, rows, into);
      TimeLine.reached("the first samples are composed");
    }

    @Override
    public int rows() {
      return preview.rows();
    }

    @Override
    public void write(BatchFormat format, int first, int rows, MemorySegment into) {
      preview.write(format, first, rows, into);
      TimeLine.reached("the first samples are composed");
    }

    @Override
    public void scored(int first, int rows, double[] scores, long nanos) {
      TimeLine.reached("the first batch runs");
      check(scores.length / rows);
      preview.scored(first, rows, scores, nanos);
    }
  }

  @Override
  public int inFlight() {
    return model.inFlight();
  }

  @Override
  public Batch newBatch() {
    return model.newBatch();
  }

  @Override
  public double[] score(Batch batch, int rows) {
    double[] scores = model.score(batch, rows);
    check(scores.length / rows);
    return scores;
  }

  @Override
  public PendingScores submit(Batch batch, int rows) {
    TimeLine.reached("the first samples are composed");
    TimeLine.reached("the first batch runs");
    return checked(model.submit(batch, rows), rows);
  }

  @Override
  public Optional<double[]> scoreInFull(Preview picture) {
    Optional<double[]> scores = model.scoreInFull(picture);
    scores.ifPresent(found -> check(found.length));
    return scores;
  }

  @Override
  public Optional<MaskedScorer> masked(MaskedPicture picture) {
    return model.masked(picture).map(Checked::new);
  }

  /** The same for samples that the model composes. */
  private final class Checked implements MaskedScorer {
    private final MaskedScorer scorer;

    Checked(MaskedScorer scorer) {
      this.scorer = scorer;
    }

    @Override
    public PendingScores submit(long[] words, int rows) {
      return checked(scorer.submit(words, rows), rows);
    }

    @Override
    public void close() {
      scorer.close();
    }
  }

  private PendingScores checked(PendingScores pending, int rows) {
    return () -> {
      double[] scores = pending.await();
      check(scores.length / rows);
      return scores;
    };
  }

  private void check(int classes) {
    try {
      labels.check(classes);
    } catch (InvalidInputException e) {
      throw new QuicklimeException(String.valueOf(e.getMessage()), e);
    }
    if (choice instanceof ClassChoice.Listed(List<Integer> indices)) {
      for (int index : indices) {
        if (index >= classes) {
          throw new QuicklimeException(
              "--classes must be between 0 and %s for this model, got %s"
                  .formatted(classes - 1, index));
        }
      }
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
