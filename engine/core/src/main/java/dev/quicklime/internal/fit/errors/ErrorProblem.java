package dev.quicklime.internal.fit.errors;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.fit.linear.ClassProblem;
import dev.quicklime.internal.fit.linear.FittedLine;
import dev.quicklime.internal.fit.linear.QuadraticForm;
import dev.quicklime.internal.fit.linear.SymmetricSystem;
import dev.quicklime.internal.fit.sums.MaskColumns;
import dev.quicklime.internal.fit.sums.SampleSums;
import dev.quicklime.internal.fit.sums.StoredSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fits to sums of rows that are not kept, whose errors are to be found by going over the rows once
 * more, part by part.
 */
public final class ErrorProblem {

  private final SampleSums sums;
  private final boolean intercept;
  private final double lambda;
  private final List<double[]> betas;

  /**
   * Takes fits.
   *
   * @param sums of all rows, which are not kept
   * @param lambda ℓ2 penalty beside a mean of squares
   * @param betas coefficients of each class, in the problem's units
   */
  public ErrorProblem(SampleSums sums, boolean intercept, double lambda, List<double[]> betas) {
    this.sums = sums;
    this.intercept = intercept;
    this.lambda = lambda;
    this.betas = List.copyOf(betas);
  }

  /** Why there are no errors, whatever the rows are; or null. */
  public @Nullable String reason() {
    ClassProblem problem = lines(sums).getFirst().problem();
    return SandwichErrors.reason(problem, SandwichErrors.system(problem), lambda);
  }

  /** Whether these are the same fits to the same sums, as far as errors depend on them. */
  public boolean isLike(ErrorProblem other) {
    boolean alike =
        intercept == other.intercept
            && lambda == other.lambda
            && sums.gram().totalWeight() == other.sums.gram().totalWeight()
            && betas.size() == other.betas.size();
    for (int c = 0; alike && c < betas.size(); c++) {
      alike = Arrays.equals(betas.get(c), other.betas.get(c));
    }
    return alike;
  }

  SampleSums sums() {
    return sums;
  }

  int classes() {
    return betas.size();
  }

  /** Coefficients of each class; not to be written to. */
  List<double[]> betas() {
    return betas;
  }

  /** The fits, over some rows of their samples. */
  List<FittedLine> lines(SampleSums rows) {
    QuadraticForm form = QuadraticForm.of(rows.gram(), intercept);
    List<FittedLine> lines = new ArrayList<>();
    for (int c = 0; c < betas.size(); c++) {
      lines.add(FittedLine.of(new ClassProblem(rows, c, form), betas.get(c)));
    }
    return lines;
  }

  /** The matrix of some of these lines, factored; there must be no {@link #reason} against it. */
  SymmetricSystem system(List<FittedLine> lines) {
    SymmetricSystem system = SandwichErrors.system(lines.getFirst().problem());
    if (!system.factor(lambda)) {
      throw new IllegalStateException("a matrix that was factored before cannot be");
    }
    return system;
  }

  /** How many rows {@link PairShare} looks at, row 0 included. */
  public int firstRows() {
    return Math.min(sums.columns().rows(), 1 + PairShare.MOST * sums.blockRows());
  }

  /**
   * Errors from what all rows add.
   *
   * @param first masks of the {@link #firstRows}
   */
  public List<SandwichErrors> finished(ErrorParts parts, MaskMatrix first) {
    SymmetricSystem system = system(lines(sums));
    if (parts.decided()) {
      return SandwichErrors.none(classes(), SandwichErrors.DECIDED);
    }
    int rows = sums.columns().rows() - 1;
    PairShare pairs = PairShare.of(new MaskColumns(first), rows, sums.blockRows(), sums.order());
    return SandwichErrors.of(
        system, betas, parts.squares(), parts.freedom(), new Moves(pairs, system, parts.moves()));
  }

  /** Writes what {@link #read} needs. */
  public void write(DataOutput out) throws IOException {
    StoredSums.write(sums, out);
    out.writeBoolean(intercept);
    out.writeDouble(lambda);
    for (double[] beta : betas) {
      for (double coefficient : beta) {
        out.writeDouble(coefficient);
      }
    }
  }

  /** What {@link #write} wrote. */
  public static ErrorProblem read(DataInput in) throws IOException {
    SampleSums sums = StoredSums.read(in);
    boolean intercept = in.readBoolean();
    double lambda = in.readDouble();
    List<double[]> betas = new ArrayList<>();
    for (int c = 0; c < sums.classes(); c++) {
      double[] beta = new double[sums.columns().columns()];
      for (int j = 0; j < beta.length; j++) {
        beta[j] = in.readDouble();
      }
      betas.add(beta);
    }
    return new ErrorProblem(sums, intercept, lambda, betas);
  }
}
