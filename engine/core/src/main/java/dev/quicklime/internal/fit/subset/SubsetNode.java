package dev.quicklime.internal.fit.subset;

import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.fit.linear.QuadraticForm;
import java.util.Arrays;

/**
 * What is left to decide of a best subset: some columns are chosen, some ruled out, and up to
 * {@link #wanted()} are yet to come from those that are free. The chosen ones are eliminated from
 * the quadratic form (its Schur complement), so that this is a smaller problem of the same kind.
 * Free columns are scaled to a variance of 1 and scores to a largest gain of one column of 1 at the
 * root. Not safe for use by several threads.
 */
final class SubsetNode {

  /**
   * A column of whose variance the chosen ones leave no more than this share counts as linearly
   * dependent on them and adds nothing: what it seemed to add would be lost in rounding.
   */
  static final double DEPENDENT = 1e-9;

  /** Columns and their products with the scores that differ by less are the same column. */
  private static final double SAME = 1e-12;

  private int count;
  private int stride;
  private int wanted;
  private double gained;
  private boolean floored;
  private int dependents;
  private int checked;
  private double unit;
  private double total;
  private int chosenCount;
  private int[] chosen = new int[0];
  private int[] columns = new int[0];
  private double[] matrix = new double[0];
  private double[] linear = new double[0];
  private double[] shares = new double[0];
  private double[] start = new double[0];
  private double[] floors = new double[0];
  private double[] scales = new double[0];

  private void reserve(int free, int picks) {
    int length = free + 7 & -8;
    if (linear.length < length) {
      columns = new int[length];
      linear = new double[length];
      shares = new double[length];
      start = new double[length];
      floors = new double[length];
      scales = new double[length];
      matrix = new double[length * length];
    }
    if (chosen.length < picks) {
      chosen = new int[picks];
    }
  }

  /** Takes a whole problem but for columns that are constant or the same as one before them. */
  void load(NormalEquations problem, int features) {
    int d = problem.size();
    reserve(d, Math.min(features, d));
    count = 0;
    double largest = 0;
    for (int j = 0; j < d; j++) {
      double variance = problem.quadratic()[j * problem.stride() + j];
      if (variance > QuadraticForm.FLAT) {
        scales[count] = 1 / Math.sqrt(variance);
        largest = Math.max(largest, Math.abs(problem.linear()[j] * scales[count]));
        columns[count++] = j;
      }
    }
    unit = largest;
    double root = Math.sqrt(problem.constant()) / unit;
    // A column gains 1. Scores so small that their squares vanish have no total.
    total = root > 0.9 ? Math.max(1, root * root) : Double.POSITIVE_INFINITY;
    count = unit > 0 ? count : 0;
    stride = count + 7 & -8;
    for (int a = 0; a < count; a++) {
      linear[a] = problem.linear()[columns[a]] * scales[a] / unit;
      int row = columns[a] * problem.stride();
      for (int b = 0; b < count; b++) {
        matrix[a * stride + b] = problem.quadratic()[row + columns[b]] * scales[a] * scales[b];
      }
      matrix[a * stride + a] = 1;
    }
    Arrays.fill(shares, 0, count, 1);
    Arrays.fill(start, 0, count, 0);
    chosenCount = 0;
    wanted = features;
    gained = 0;
    floored = false;
    dependents = 0;
    checked = Integer.MAX_VALUE;
    pad();
    keep(distinct());
  }

  private boolean[] distinct() {
    boolean[] kept = new boolean[count];
    for (int a = 0; a < count; a++) {
      kept[a] = true;
      for (int b = 0; b < a && kept[a]; b++) {
        double product = matrix[a * stride + b];
        kept[a] =
            Math.abs(product) < 1 - SAME
                || Math.abs(linear[a] - Math.copySign(1, product) * linear[b]) > SAME;
      }
    }
    return kept;
  }

  /** Takes what another holds. */
  void copy(SubsetNode from) {
    reserve(from.count, from.chosen.length);
    takeState(from);
    count = from.count;
    stride = from.stride;
    System.arraycopy(from.columns, 0, columns, 0, count);
    System.arraycopy(from.linear, 0, linear, 0, stride);
    System.arraycopy(from.shares, 0, shares, 0, count);
    System.arraycopy(from.start, 0, start, 0, stride);
    System.arraycopy(from.floors, 0, floors, 0, count);
    System.arraycopy(from.matrix, 0, matrix, 0, count * stride);
  }

  private void takeState(SubsetNode from) {
    wanted = from.wanted;
    gained = from.gained;
    floored = from.floored;
    dependents = from.dependents;
    checked = from.checked;
    unit = from.unit;
    total = from.total;
    chosenCount = from.chosenCount;
    System.arraycopy(from.chosen, 0, chosen, 0, chosenCount);
  }

  /** Takes what another holds, with one of its free columns chosen; may be done in place. */
  void choose(SubsetNode from, int pick) {
    if (from != this) {
      reserve(from.count, from.chosen.length);
      takeState(from);
    }
    int old = from.stride;
    int oldCount = from.count;
    double[] pivot = Arrays.copyOfRange(from.matrix, pick * old, (pick + 1) * old);
    double product = from.linear[pick];
    chosen[chosenCount++] = from.columns[pick];
    wanted--;
    gained += product * product;
    int[] kept = new int[oldCount];
    int left = 0;
    for (int j = 0; j < oldCount; j++) {
      double variance = 1 - pivot[j] * pivot[j];
      if (j != pick && from.shares[j] * variance > DEPENDENT) {
        double scale = 1 / Math.sqrt(variance);
        scales[left] = scale;
        shares[left] = from.shares[j] * variance;
        columns[left] = from.columns[j];
        linear[left] = (from.linear[j] - pivot[j] * product) * scale;
        start[left] = from.start[j] / scale;
        floors[left] = from.floors[j] * scale * scale;
        kept[left++] = j;
      }
    }
    dependents = Math.max(0, dependents - (oldCount - 1 - left));
    count = left;
    stride = count + 7 & -8;
    // Rows and columns only move to the front, so that a row in place is read before it is written.
    for (int a = 0; a < count; a++) {
      int row = kept[a] * old;
      double factor = pivot[kept[a]];
      for (int b = 0, to = a * stride; b < count; b++, to++) {
        int k = kept[b];
        matrix[to] = (from.matrix[row + k] - factor * pivot[k]) * scales[a] * scales[b];
      }
      matrix[a * stride + a] = 1;
    }
    pad();
  }

  /** Rules out the free columns that are not to be kept. */
  void keep(boolean[] kept) {
    int old = stride;
    int[] places = new int[count];
    int left = 0;
    for (int j = 0; j < count; j++) {
      if (kept[j]) {
        columns[left] = columns[j];
        linear[left] = linear[j];
        shares[left] = shares[j];
        start[left] = start[j];
        floors[left] = floors[j];
        places[left++] = j;
      }
    }
    if (left == count) {
      return;
    }
    dependents = Math.max(0, dependents - (count - left));
    count = left;
    stride = count + 7 & -8;
    for (int a = 0; a < count; a++) {
      for (int b = 0; b < count; b++) {
        matrix[a * stride + b] = matrix[places[a] * old + places[b]];
      }
    }
    pad();
  }

  /** Rules out one free column. */
  void remove(int place) {
    boolean[] kept = new boolean[count];
    Arrays.fill(kept, true);
    kept[place] = false;
    keep(kept);
  }

  /** The place of a free column. */
  int find(int column) {
    return Arrays.binarySearch(columns, 0, count, column);
  }

  private void pad() {
    for (int a = 0; a < count; a++) {
      Arrays.fill(matrix, a * stride + count, (a + 1) * stride, 0);
    }
    Arrays.fill(linear, count, stride, 0);
    Arrays.fill(start, count, stride, 0);
  }

  /** Number of free columns. */
  int count() {
    return count;
  }

  /** Length of a row of {@link #matrix()}, a multiple of eight. */
  int stride() {
    return stride;
  }

  /** How many columns may still be chosen. */
  int wanted() {
    return wanted;
  }

  /** By how much the chosen columns lower the residual. */
  double gained() {
    return gained;
  }

  /** Whether there are {@link #floors()}. */
  boolean floored() {
    return floored;
  }

  /**
   * Numbers D for the free columns, such that the matrix less these on its diagonal is positive
   * semidefinite. That stays so when columns are chosen or ruled out.
   */
  double[] floors() {
    return floors;
  }

  void setFloors(double[] values, double factor) {
    for (int j = 0; j < count; j++) {
      floors[j] = factor * values[j];
    }
    floored = true;
  }

  /** At least so many free columns depend linearly on the other ones, as far as is known. */
  int dependents() {
    return dependents;
  }

  void setDependents(int number) {
    dependents = number;
  }

  /** How many columns were free when floors were last looked for. */
  int checked() {
    return checked;
  }

  void setChecked() {
    checked = count;
  }

  /** What scores were divided by. */
  double unit() {
    return unit;
  }

  /** The scores' mean square, which no gain exceeds. */
  double total() {
    return total;
  }

  int chosenCount() {
    return chosenCount;
  }

  /** The chosen columns, by their numbers in the whole problem. */
  int[] chosen() {
    return chosen;
  }

  /** The free columns' numbers in the whole problem. */
  int[] columns() {
    return columns;
  }

  double[] matrix() {
    return matrix;
  }

  double[] linear() {
    return linear;
  }

  /** Coefficients from which the search for a bound may start. */
  double[] start() {
    return start;
  }
}
