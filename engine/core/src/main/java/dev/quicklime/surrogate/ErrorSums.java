package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.fit.errors.ErrorParts;
import dev.quicklime.internal.fit.errors.ErrorProblem;
import dev.quicklime.internal.fit.errors.SandwichErrors;
import dev.quicklime.internal.fit.sums.ByteForm;
import dev.quicklime.internal.fit.sums.RowSpans;
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
 * What some rows add to the squared standard errors of fits to {@link ShardSums}: they add up as
 * those do, in any order and to the same bits in whatever shards rows came, know their rows, and
 * come to the errors of one process to about ten digits. Some numbers for each class and
 * superpixel, whatever the number of rows. Immutable.
 */
public final class ErrorSums implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  private final transient SecondPass fits;
  private final transient ErrorParts parts;

  private ErrorSums(SecondPass fits, ErrorParts parts) {
    this.fits = fits;
    this.parts = parts;
  }

  /**
   * Goes over the rows of a shard.
   *
   * @param fits those that are measured
   * @param range whole blocks, as of {@link ShardFrame#shards}
   * @param scores the scores that were summed, one for each class, row by row
   * @throws InvalidInputException if these are no whole blocks, or scores do not fit them
   */
  public static ErrorSums of(SecondPass fits, RowRange range, double[] scores) {
    Objects.requireNonNull(fits, "fits");
    Objects.requireNonNull(range, "range");
    Objects.requireNonNull(scores, "scores");
    ShardFrame frame = fits.frame();
    frame.check(range, scores);
    MaskMatrix masks = frame.masks(range);
    return new ErrorSums(
        fits,
        ErrorParts.of(
            fits.problem(),
            range.from(),
            masks,
            frame.weights(range, masks),
            scores,
            ShardFrame.BLOCK));
  }

  /**
   * What these rows add and what others do.
   *
   * @throws InvalidInputException if the others are of other fits, or if some rows are in both
   */
  public ErrorSums plus(ErrorSums other) {
    Objects.requireNonNull(other, "other");
    checkAlike(other.fits.frame(), other.fits.problem());
    ShardSums.checkApart(parts.rows(), other.parts.rows());
    return new ErrorSums(fits, parts.plus(other.parts));
  }

  private void checkAlike(ShardFrame frame, ErrorProblem problem) {
    if (!fits.frame().equals(frame) || !fits.problem().isLike(problem)) {
      throw new InvalidInputException(
          "errors must be of the same fits of one explanation, got those of %s and of %s%s"
              .formatted(
                  fits.frame(),
                  frame,
                  fits.frame().equals(frame) ? ", but of other fits or scores" : ""));
    }
  }

  /** Which rows are not there yet, in ascending order; nothing once all are. */
  public List<RowRange> missing() {
    RowSpans missing = parts.rows().missing(fits.frame().rows());
    return missing.spans().stream().map(s -> new RowRange(s.from(), s.to())).toList();
  }

  /** The errors of some fits, which must be these. */
  List<SandwichErrors> finished(ShardFrame frame, ErrorProblem problem) {
    checkAlike(frame, problem);
    ShardSums.checkComplete(frame, missing());
    MaskMatrix first = frame.masks(new RowRange(0, problem.firstRows()));
    return problem.finished(parts, first);
  }

  @Serial
  private Object writeReplace() {
    return new Packed(fits, ByteForm.of(parts::write));
  }

  @Serial
  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("errors are read as what they were written as");
  }

  /**
   * How they travel.
   *
   * @param bytes what the parts wrote
   */
  @SuppressWarnings("ArrayRecordComponent") // Lives while it is written or read.
  private record Packed(SecondPass fits, byte[] bytes) implements Serializable {
    @Serial
    private Object readResolve() throws InvalidObjectException {
      try {
        return new ErrorSums(
            fits, ErrorParts.read(new DataInputStream(new ByteArrayInputStream(bytes))));
      } catch (IOException e) {
        throw new InvalidObjectException("these bytes are no errors", e);
      }
    }
  }
}
