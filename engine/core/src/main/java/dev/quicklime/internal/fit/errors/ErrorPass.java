package dev.quicklime.internal.fit.errors;

import dev.quicklime.internal.fit.linear.FittedLine;
import dev.quicklime.internal.fit.linear.RowInfluence;
import dev.quicklime.internal.fit.linear.SymmetricSystem;
import dev.quicklime.internal.fit.sums.SampleSums;
import dev.quicklime.internal.fit.twophase.Learnt;
import dev.quicklime.internal.fit.twophase.LinkModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rows add to the squared errors of {@link SandwichErrors} and to their {@link Freedom}. For
 * one thread.
 */
final class ErrorPass {

  /** A row whose own share in its prediction is nearer to 1 decides a coefficient alone. */
  private static final double DECIDES = 1e-8;

  private final List<FittedLine> lines;
  private final List<Learnt> learnt;
  private final SampleSums sums;
  private final int origin;
  private final double total;
  private final double[] totals;
  private final RowInfluence influence;
  private final List<@Nullable RowInfluence> logistic = new ArrayList<>();
  private final Freedom freedom;
  private final Moves moved;
  private final double[][] squares;

  /**
   * Nothing is added yet.
   *
   * @param lines of the same samples
   * @param learnt for each line what others have taken of the residuals that it was fitted to
   * @param system factored
   * @param origin number of the samples' first row among all
   * @param total sum of all weights, of rows that are not here as well
   * @param moved is told what the first rows do
   */
  ErrorPass(
      List<FittedLine> lines,
      List<Learnt> learnt,
      SymmetricSystem system,
      int origin,
      double total,
      Moves moved) {
    this.lines = lines;
    this.learnt = learnt;
    this.sums = lines.getFirst().problem().sums();
    this.origin = origin;
    this.total = total;
    this.moved = moved;
    influence = new RowInfluence(lines.getFirst().problem(), system);
    for (Learnt each : learnt) {
      boolean leverages = each.slopes().length > 0 && !each.unseen();
      logistic.add(leverages ? LinkModel.leverages(sums, each.slopes()) : null);
    }
    totals = learnt.stream().mapToDouble(s -> Arrays.stream(s.slopes()).sum()).toArray();
    freedom = new Freedom(system.size());
    squares = new double[lines.size()][sums.columns().columns()];
  }

  /**
   * Adds rows.
   *
   * @param from the first of them, counted from the samples' first; no pair may be torn apart
   * @param to after the last
   * @return false where a row or a block decides a coefficient alone
   */
  boolean take(int from, int to) {
    int first = from;
    while (first < to) {
      // Row 0 is the original, a block of its own.
      boolean original = origin + first == 0;
      int count = original ? 1 : Math.min(RowInfluence.ROWS, to - first);
      if (!take(first, count, original ? 1 : sums.blockRows())) {
        return false;
      }
      first += count;
    }
    return true;
  }

  private boolean take(int first, int count, int blockRows) {
    influence.take(first, count);
    double[] shares = shares(sums.weights(), total, first, count);
    freedom.add(influence, shares, blockRows);
    for (int c = 0; c < squares.length; c++) {
      double[] moves = shares.clone();
      RowInfluence taken = logistic.get(c);
      boolean known = true;
      if (learnt.get(c).unseen()) {
        for (int i = 0; i < count; i++) {
          moves[i] *= lines.get(c).residual(first + i);
        }
      } else if (taken == null) {
        known = terms(lines.get(c), influence, shares, first, blockRows, moves);
      } else {
        taken.leverages(first, count);
        double[] working = shares(learnt.get(c).slopes(), totals[c], first, count);
        known = terms(lines.get(c), taken, working, first, blockRows, moves);
      }
      if (!known) {
        return false;
      }
      add(moves, influence, blockRows, squares[c]);
      moved.keep(c, origin + first, blockRows, moves, influence);
    }
    return true;
  }

  /** By class and column that varies; not to be written to but once all rows were taken. */
  double[][] squares() {
    return squares;
  }

  Freedom freedom() {
    return freedom;
  }

  /** Some weights as shares of the sum of all. */
  static double[] shares(double[] weights, double total, int first, int count) {
    double[] shares = Arrays.copyOfRange(weights, first, first + count);
    for (int i = 0; i < count; i++) {
      shares[i] /= total;
    }
    return shares;
  }

  /**
   * Weights times residuals, by what the fit has taken of them made up for, of some rows.
   *
   * @param taken holds the leverages of the rows in the fit that took of the residuals
   * @param takenShares weights in that fit
   * @param terms the rows' weights as shares of their sum; receives the result
   * @return false where a row or a block decides a coefficient alone
   */
  private static boolean terms(
      FittedLine line,
      RowInfluence taken,
      double[] takenShares,
      int first,
      int blockRows,
      double[] terms) {
    int count = terms.length;
    for (int i = 0; i < count; i += blockRows) {
      double weight = terms[i];
      double own = takenShares[i];
      if (blockRows == 1 || i + 1 == count) {
        double rest = 1 - own * taken.own(i);
        if (rest < DECIDES) {
          return false;
        }
        terms[i] = weight > 0 ? weight * line.residual(first + i) / Math.sqrt(rest) : 0;
        continue;
      }
      double otherWeight = terms[i + 1];
      double other = takenShares[i + 1];
      double p = 1 - own * taken.own(i);
      double q = -Math.sqrt(own) * Math.sqrt(other) * taken.next(i);
      double r = 1 - other * taken.own(i + 1);
      double determinant = p * r - q * q;
      if (!(p >= DECIDES && r >= DECIDES && determinant >= DECIDES * Math.max(p, r))) {
        return false;
      }
      // The inverse square root of a 2×2 matrix M: with s = √det M and t = √(tr M + 2s) the root is
      // (M + sI)/t, whose determinant is s.
      double s = Math.sqrt(determinant);
      double scale = 1 / (s * Math.sqrt(p + r + 2 * s));
      // In a fit with other weights the residuals are scaled by the square roots of the ratios.
      double ratio = own > 0 ? Math.sqrt(weight / own) : 0;
      double otherRatio = other > 0 ? Math.sqrt(otherWeight / other) : 0;
      double e0 = Math.sqrt(weight) * ratio * line.residual(first + i);
      double e1 = Math.sqrt(otherWeight) * otherRatio * line.residual(first + i + 1);
      double c0 = scale * ((r + s) * e0 - q * e1);
      double c1 = scale * ((p + s) * e1 - q * e0);
      terms[i] = ratio > 0 ? Math.sqrt(weight) / ratio * c0 : 0;
      terms[i + 1] = otherRatio > 0 ? Math.sqrt(otherWeight) / otherRatio * c1 : 0;
    }
    return true;
  }

  /** Adds the squares of some blocks' shares in a class's coefficients. */
  static void add(double[] terms, RowInfluence influence, int blockRows, double[] squares) {
    int count = terms.length;
    double[][] vectors = influence.vectors();
    for (int a = 0; a < vectors.length; a++) {
      double sum = 0;
      double[] vector = vectors[a];
      for (int i = 0; i < count; i += blockRows) {
        double share = terms[i] * vector[i];
        if (blockRows == 2 && i + 1 < count) {
          share += terms[i + 1] * vector[i + 1];
        }
        sum += share * share;
      }
      squares[a] += sum;
    }
  }
}
