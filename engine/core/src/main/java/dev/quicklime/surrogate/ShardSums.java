package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Design;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.internal.fit.sums.AdditiveSums;
import dev.quicklime.internal.fit.sums.ByteForm;
import dev.quicklime.internal.fit.sums.RowSpans;
import dev.quicklime.internal.fit.sums.SampleSums;
import dev.quicklime.internal.fit.sums.SummedColumns;
import dev.quicklime.internal.kernel.Kernels;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What a fit needs to know of some rows of an explanation and their scores. Sums of parts add up,
 * so that many processes can score one explanation: each sums up the rows of a shard, sums are
 * added in any order, and {@link FitInput#of(ShardSums)} makes of all together what surrogates are
 * fitted to. The result is the same to the bit in whatever shards the rows came and in whatever
 * order their sums were added, and the same as that of one process to about twelve digits; the
 * products of masks, which are made of integers, are the same to the bit as well.
 *
 * <p>Sums know their rows: a shard that comes twice is refused, and one that is missing is named.
 * They take d²/2 integers of one to four bytes for each number of superpixels that occurs among
 * rows of weight, whatever the number of rows. Immutable.
 */
public final class ShardSums implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  private final transient ShardFrame frame;
  private final transient AdditiveSums sums;

  ShardSums(ShardFrame frame, AdditiveSums sums) {
    this.frame = frame;
    this.sums = sums;
  }

  /**
   * Sums up the rows of a shard.
   *
   * @param range whole blocks, as of {@link ShardFrame#shards}
   * @param scores finite numbers, one for each class, row by row
   * @throws InvalidInputException if these are no whole blocks, or scores do not fit them
   */
  public static ShardSums of(ShardFrame frame, RowRange range, double[] scores) {
    Objects.requireNonNull(frame, "frame");
    Objects.requireNonNull(range, "range");
    Objects.requireNonNull(scores, "scores");
    frame.check(range, scores);
    return of(frame, range, frame.masks(range), scores);
  }

  /**
   * The same with masks that were drawn before.
   *
   * @param masks those that {@link ShardFrame#masks} draws
   * @throws InvalidInputException if these are no whole blocks, or masks or scores do not fit them
   */
  public static ShardSums of(ShardFrame frame, RowRange range, MaskMatrix masks, double[] scores) {
    Objects.requireNonNull(frame, "frame");
    Objects.requireNonNull(range, "range");
    Objects.requireNonNull(masks, "masks");
    Objects.requireNonNull(scores, "scores");
    frame.check(range, scores);
    if (masks.rows() != range.count() || masks.columns() != frame.superpixels()) {
      throw new InvalidInputException(
          "masks of %s must have %s rows and %s columns, got %s and %s"
              .formatted(range, range.count(), frame.superpixels(), masks.rows(), masks.columns()));
    }
    double[] weights = frame.weights(range, masks);
    return new ShardSums(
        frame,
        AdditiveSums.of(
            Kernels.chosen(),
            range.from(),
            masks,
            weights,
            scores,
            frame.classes(),
            ShardFrame.BLOCK));
  }

  /**
   * The sums of these rows and of others.
   *
   * @throws InvalidInputException if the others are of another explanation, or if some rows are in
   *     both
   */
  public ShardSums plus(ShardSums other) {
    Objects.requireNonNull(other, "other");
    if (!frame.equals(other.frame)) {
      throw new InvalidInputException(
          "sums must be of one explanation, got those of %s and of %s"
              .formatted(frame, other.frame));
    }
    checkApart(sums.rows(), other.sums.rows());
    return new ShardSums(frame, sums.plus(other.sums));
  }

  static void checkApart(RowSpans rows, RowSpans others) {
    List<RowSpans.Span> twice = rows.common(others);
    if (!twice.isEmpty()) {
      throw new InvalidInputException(
          "each row must be added once, got %s twice: a shard was done again and both results"
                  .formatted(twice.getFirst())
              + " were added; add one of them");
    }
  }

  /** What all shards have in common. */
  public ShardFrame frame() {
    return frame;
  }

  /** Which rows these are the sums of, apart from each other, in ascending order. */
  public List<RowRange> rows() {
    return ranges(sums.rows());
  }

  /** Which rows are not there yet, in ascending order; nothing once all are. */
  public List<RowRange> missing() {
    return ranges(sums.rows().missing(frame.rows()));
  }

  private static List<RowRange> ranges(RowSpans spans) {
    return spans.spans().stream().map(s -> new RowRange(s.from(), s.to())).toList();
  }

  /** (Σw)²/Σw² of these rows. */
  public double effectiveSamples() {
    return sums.effectiveSamples();
  }

  /**
   * Refuses surrogates and designs that need rows, not their sums.
   *
   * @throws InvalidInputException for {@link Shapley} values, an alpha chosen by cross-validation
   *     and a {@link TwoPhase} design; scores of all rows are then to be gathered, see {@link
   *     DesignFits#gathered}
   */
  public static void check(Surrogate surrogate, Design design) {
    Objects.requireNonNull(surrogate, "surrogate");
    Objects.requireNonNull(design, "design");
    check(surrogate);
    check(design);
  }

  static void check(Surrogate surrogate) {
    switch (surrogate) {
      case Shapley _ -> throw needsRows("Shapley values are", "take another surrogate");
      case Lasso(Alpha.CrossValidated _, _) -> throw crossValidated();
      case ElasticNet(Alpha.CrossValidated _, _, _) -> throw crossValidated();
      case Strongest(_, Surrogate ranking, _) -> check(ranking);
      case Lasso _, ElasticNet _, Ridge _, LeastSquares _, L1Ball _, L2Ball _ -> {}
      case KLasso _, ForwardSelection _, BestSubset _ -> {}
    }
  }

  private static void check(Design design) {
    if (design instanceof TwoPhase) {
      throw needsRows("a two-phase design is completed and", "take another design");
    }
  }

  private static InvalidInputException crossValidated() {
    return needsRows(
        "an alpha that is chosen by cross-validation is", "choose alpha by another rule");
  }

  private static InvalidInputException needsRows(String what, String remedy) {
    return new InvalidInputException(
        "%s fitted to rows, got their sums alone: %s, or gather the scores of all rows"
            .formatted(what, remedy));
  }

  /** What surrogates are fitted to. */
  SampleSums finished() {
    check(frame.design());
    checkComplete(frame, missing());
    int samples = frame.samples();
    int columns = frame.superpixels();
    return sums.finished(
        new SummedColumns(frame.rows(), columns, frame.exhaustive()),
        MaskSampler.blockRows(frame.design(), samples, columns),
        MaskSampler.balancedRows(frame.design(), samples, columns));
  }

  static void checkComplete(ShardFrame frame, List<RowRange> missing) {
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          "sums must be of all %s rows, got none of %s%s: score and add that shard"
              .formatted(
                  frame.rows(),
                  missing.getFirst(),
                  missing.size() == 1 ? "" : " and of %s more".formatted(missing.size() - 1)));
    }
  }

  @Serial
  private Object writeReplace() {
    return new Packed(frame, ByteForm.of(sums::write));
  }

  @Serial
  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("sums are read as what they were written as");
  }

  /**
   * How they travel.
   *
   * @param bytes what the sums wrote
   */
  @SuppressWarnings("ArrayRecordComponent") // Lives while it is written or read.
  private record Packed(ShardFrame frame, byte[] bytes) implements Serializable {
    @Serial
    private Object readResolve() throws InvalidObjectException {
      try {
        return new ShardSums(
            frame, AdditiveSums.read(new DataInputStream(new ByteArrayInputStream(bytes))));
      } catch (IOException e) {
        throw new InvalidObjectException("these bytes are no sums", e);
      }
    }
  }
}
