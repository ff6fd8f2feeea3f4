package dev.quicklime.internal.fit.errors;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.fit.linear.FittedLine;
import dev.quicklime.internal.fit.linear.SymmetricSystem;
import dev.quicklime.internal.fit.sums.ExactNumber;
import dev.quicklime.internal.fit.sums.MaskColumns;
import dev.quicklime.internal.fit.sums.RowSpans;
import dev.quicklime.internal.fit.sums.SampleSums;
import dev.quicklime.internal.fit.twophase.Learnt;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What some rows add to the squared errors of an {@link ErrorProblem}: it adds up with what others
 * do, to the same bits in whatever parts they come as long as no block is torn apart, and in any
 * order. Immutable.
 */
public final class ErrorParts {

  private final RowSpans rows;
  private final boolean decided;
  private final int size;
  private final ExactNumber[] sums;
  private final double[][][] moves;

  private ErrorParts(
      RowSpans rows, boolean decided, int size, ExactNumber[] sums, double[][][] moves) {
    this.rows = rows;
    this.decided = decided;
    this.size = size;
    this.sums = sums;
    this.moves = moves;
  }

  /**
   * Goes over some rows.
   *
   * @param first number of the first of them
   * @param weights one for each row, and scores of all classes, row by row, in units of what was
   *     summed
   * @param block rows of a block; blocks begin at row 1, and row 0 belongs to the first of them
   */
  public static ErrorParts of(
      ErrorProblem problem,
      int first,
      MaskMatrix masks,
      double[] weights,
      double[] scores,
      int block) {
    SampleSums all = problem.sums();
    List<FittedLine> lines = problem.lines(all.with(masks, weights, scores));
    SymmetricSystem system = problem.system(lines);
    List<Learnt> learnt = Collections.nCopies(lines.size(), Learnt.NOTHING);
    PairShare pairs =
        first == 0
            ? PairShare.of(
                new MaskColumns(masks), all.columns().rows() - 1, all.blockRows(), all.order())
            : null;
    Moves moved = new Moves(pairs, lines.size(), system);
    int size = all.columns().columns();
    ExactNumber[] sums = new ExactNumber[(lines.size() + Freedom.SUMS) * size];
    Arrays.fill(sums, ExactNumber.ZERO);
    boolean decided = false;
    for (int from = 0, to; from < masks.rows() && !decided; from = to) {
      to = Math.min(masks.rows(), from + block + (first + from == 0 ? 1 : 0));
      ErrorPass pass = new ErrorPass(lines, learnt, system, first, all.gram().totalWeight(), moved);
      decided = !pass.take(from, to);
      int at = 0;
      for (double[] squares : pass.squares()) {
        at = add(squares, size, sums, at);
      }
      for (double[] part : pass.freedom().sums()) {
        at = add(part, size, sums, at);
      }
    }
    return new ErrorParts(
        RowSpans.of(first, first + masks.rows()), decided, size, sums, moved.kept());
  }

  private static int add(double[] values, int size, ExactNumber[] sums, int at) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new InvalidInputException(
            "scores must be so small that squares of what a fit leaves of them are finite numbers;"
                + " they are not");
      }
      sums[at + i] = sums[at + i].plus(ExactNumber.of(values[i]));
    }
    return at + size;
  }

  /** With what other rows of the same problem add, none of which are here. */
  public ErrorParts plus(ErrorParts other) {
    return new ErrorParts(
        rows.plus(other.rows),
        decided || other.decided,
        size,
        ExactNumber.sums(sums, other.sums),
        moves.length == 0 ? other.moves : moves);
  }

  /** Which rows these are. */
  public RowSpans rows() {
    return rows;
  }

  /** Whether some row decides a coefficient alone. */
  boolean decided() {
    return decided;
  }

  /** By class and column that varies; the caller's own. */
  double[][] squares() {
    return rounded(0, sums.length / size - Freedom.SUMS);
  }

  Freedom freedom() {
    return new Freedom(rounded(sums.length / size - Freedom.SUMS, Freedom.SUMS));
  }

  private double[][] rounded(int from, int count) {
    double[][] values = new double[count][size];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < size; j++) {
        values[i][j] = sums[(from + i) * size + j].rounded();
      }
    }
    return values;
  }

  /** Of the first rows, nothing where they are not here or chance alone balances them. */
  double[][][] moves() {
    return moves;
  }

  /** Writes what {@link #read} needs. */
  public void write(DataOutput out) throws IOException {
    rows.write(out);
    out.writeBoolean(decided);
    out.writeInt(size);
    ExactNumber.writeAll(sums, out);
    out.writeInt(moves.length);
    for (double[][] columns : moves) {
      out.writeInt(columns.length);
      for (double[] column : columns) {
        out.writeInt(column.length);
        for (double move : column) {
          out.writeDouble(move);
        }
      }
    }
  }

  /** What {@link #write} wrote. */
  public static ErrorParts read(DataInput in) throws IOException {
    RowSpans rows = RowSpans.read(in);
    boolean decided = in.readBoolean();
    int size = in.readInt();
    ExactNumber[] sums = ExactNumber.readAll(in);
    double[][][] moves = new double[in.readInt()][][];
    for (int c = 0; c < moves.length; c++) {
      moves[c] = new double[in.readInt()][];
      for (int a = 0; a < moves[c].length; a++) {
        moves[c][a] = new double[in.readInt()];
        for (int g = 0; g < moves[c][a].length; g++) {
          moves[c][a][g] = in.readDouble();
        }
      }
    }
    return new ErrorParts(rows, decided, size, sums, moves);
  }
}
