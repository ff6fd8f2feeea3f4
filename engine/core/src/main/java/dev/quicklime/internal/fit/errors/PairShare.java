package dev.quicklime.internal.fit.errors;

import dev.quicklime.internal.fit.linear.EigenPairs;
import dev.quicklime.internal.fit.sums.Columns;
import dev.quicklime.internal.fit.sums.SampleSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * By how much the squared error of a coefficient differs in a {@link Balance} from what a sandwich
 * says, which depends on how much of what rows move it by are products of one or two signs: that
 * cancels out over a block. What depends on a few forms of them, the fit's own value and the number
 * of superpixels shown, squared and times each other and the superpixel's own sign, is found by
 * least squares. Of the rest, the share s is that of a random effect with one variance for all
 * products beside another one without a pattern: the rows' covariance is then sK + (1 − s)I, with K
 * the products of two rows summed over all pairs of superpixels, and the likelihood of s, the scale
 * profiled out, tells how likely each s is. Its prior falls with e^(−sd/10): with many superpixels
 * few rows tell nothing, and a share that is taken for too small makes intervals wide, not narrow.
 */
final class PairShare {

  /** Rows, or pairs of a mask and its complement, that are looked at, from the first on. */
  static final int MOST = 256;

  private static final int FEWEST = 16;

  private static final double PRIOR = 0.1;

  /** What is left of a form's square beside others, up to which it depends on them. */
  private static final double DEPENDENT = 1e-9;

  /** A row whose own share in a fitted value is nearer to 1 is not made up for entirely. */
  private static final double LEAST_LEFT = 0.05;

  private static final double[] SHARES = shares();

  private final Balance balance;
  private final double taken;
  private final boolean odd;
  private final double[][] signs;
  private final double[] shown;
  private final int count;
  private double[] logDeterminants = {};
  private double[][] inverses = {};
  private double[][] vectors = {};

  private PairShare(Balance balance, double taken, boolean odd, double[][] signs) {
    this.balance = balance;
    this.taken = taken;
    this.odd = odd;
    this.signs = signs;
    count = signs[0].length;
    shown = new double[count];
    for (double[] column : signs) {
      for (int g = 0; g < count; g++) {
        shown[g] += column[g];
      }
    }
    if (count >= FEWEST && tells()) {
      decompose();
    }
  }

  /**
   * Whether the rows can tell a share. Of p products K, scaled to a mean of 1, has eigenvalues with
   * a variance of n/p for n rows, by which the likelihood's logarithm can change by n²/(4p) between
   * the shares 0 and 1; the prior changes it by d/10, which leaves the share at 0 where it is more.
   */
  private boolean tells() {
    double d = signs.length;
    double squares = (double) count * count;
    return d * (d - 1) <= 0.25 * squares && PRIOR * d * 2 * d * (d - 1) <= squares;
  }

  /** What is to be known of samples; null where only chance balances them. */
  static @Nullable PairShare of(SampleSums sums) {
    int blockRows = sums.blockRows();
    int rows = sums.columns().rows() - 1;
    return of(sums.columns(), rows, blockRows, sums.order());
  }

  /**
   * The same of masks.
   *
   * @param rows after row 0
   * @param blockRows 1, or 2 where each mask is followed by its complement
   * @param order of the Hadamard matrices, 1 where there are none
   */
  static @Nullable PairShare of(Columns columns, int rows, int blockRows, int order) {
    int all = (rows + blockRows - 1) / blockRows;
    Balance balance = Balance.of(order, all);
    if (balance == null) {
      return null;
    }
    double[][] signs = Balance.signs(columns, 1, blockRows, Math.min(all, MOST));
    return new PairShare(balance, balance.taken(all, columns.columns()), blockRows == 1, signs);
  }

  /** Shares that are tried, denser towards 1. */
  private static double[] shares() {
    double[] shares = new double[26];
    for (int k = 0; k < shares.length; k++) {
      shares[k] = k < 18 ? 0.05 * k : 1 - 0.1 * Math.pow(10, -1.5 * (k - 18) / 7);
    }
    return shares;
  }

  /** How many rows, or pairs, are looked at. */
  int count() {
    return count;
  }

  /** Finds K's eigenvectors, and for each share what the likelihood takes of them. */
  private void decompose() {
    int d = signs.length;
    int products = d * (d - 1) / 2 + (odd ? d : 0);
    EigenPairs pairs = products < count ? ofFew(products) : EigenPairs.of(ofAll());
    double[] values = pairs.values();
    double most = Arrays.stream(values).max().orElse(0);
    int[] kept =
        IntStream.range(0, values.length).filter(i -> values[i] > DEPENDENT * most).toArray();
    vectors = new double[count][kept.length];
    logDeterminants = new double[SHARES.length];
    inverses = new double[SHARES.length][kept.length];
    for (int i = 0; i < kept.length; i++) {
      double[] vector = pairs.vectors()[kept[i]];
      for (int g = 0; g < count; g++) {
        vectors[g][i] = vector[g];
      }
    }
    for (int k = 0; k < SHARES.length; k++) {
      logDeterminants[k] = (count - kept.length) * Math.log(1 - SHARES[k]);
      for (int i = 0; i < kept.length; i++) {
        double variance = SHARES[k] * values[kept[i]] / products + 1 - SHARES[k];
        logDeterminants[k] += Math.log(variance);
        inverses[k][i] = 1 / variance;
      }
    }
  }

  private DMatrixRMaj ofAll() {
    DMatrixRMaj matrix = new DMatrixRMaj(count, count);
    double[] sums = new double[count];
    for (int g = 0; g < count; g++) {
      Arrays.fill(sums, 0);
      for (double[] column : signs) {
        add(column[g], column, sums);
      }
      for (int h = 0; h < count; h++) {
        matrix.set(g, h, (sums[h] * sums[h] - signs.length) / 2 + (odd ? sums[h] : 0));
      }
    }
    return matrix;
  }

  /** With fewer products than rows, from the products' own products Z'Z: K = ZZ'. */
  private EigenPairs ofFew(int products) {
    double[][] z = new double[products][];
    int next = 0;
    for (int j = 0; j < signs.length; j++) {
      for (int k = 0; k < j; k++) {
        z[next++] = product(signs[j], signs[k]);
      }
      if (odd) {
        z[next++] = signs[j];
      }
    }
    DMatrixRMaj matrix = new DMatrixRMaj(products, products);
    for (int a = 0; a < products; a++) {
      for (int b = 0; b <= a; b++) {
        double sum = dot(z[a], z[b]);
        matrix.set(a, b, sum);
        matrix.set(b, a, sum);
      }
    }
    EigenPairs pairs = EigenPairs.of(matrix);
    double[][] found = new double[products][count];
    for (int i = 0; i < products; i++) {
      double scale = 1 / Math.sqrt(Math.max(pairs.values()[i], Double.MIN_NORMAL));
      for (int a = 0; a < products; a++) {
        add(scale * pairs.vectors()[i][a], z[a], found[i]);
      }
    }
    return new EigenPairs(pairs.values(), found);
  }

  /**
   * A factor on a squared error.
   *
   * @param value of the factor, > 0
   * @param spread variance of its logarithm, for what the rows do not tell of it
   */
  record Factor(double value, double spread) {}

  /** The fit's value for each row, less a constant. */
  double[] index(double[] beta) {
    double[] index = new double[count];
    for (int j = 0; j < signs.length; j++) {
      add(beta[j], signs[j], index);
    }
    return index;
  }

  /**
   * The factor for one coefficient.
   *
   * @param column of the coefficient
   * @param beta all coefficients
   * @param index of {@link #index}
   * @param moves what each of the rows, or pairs, moves it by
   */
  Factor of(int column, double[] beta, double[] index, double[] moves) {
    double all = square(moves);
    if (!(all > 0) || count < FEWEST) {
      return new Factor(balance.many() * taken, 0);
    }
    double[] rest = moves.clone();
    double[] own = new double[count];
    List<double[]> forms = forms(column, beta[column], index);
    for (double[] form : forms) {
      add(-dot(form, rest), form, rest);
      for (int g = 0; g < count; g++) {
        own[g] += form[g] * form[g];
      }
    }
    for (int g = 0; g < count; g++) {
      rest[g] /= Math.sqrt(Math.max(1 - own[g], LEAST_LEFT));
    }
    double left = Math.min(1, square(rest) / all);
    if (vectors.length == 0 || !(left > 0)) {
      return new Factor(value(left, 0), 0);
    }
    return averaged(left, rest);
  }

  private double value(double left, double share) {
    double few = balance.few();
    return few * (1 - left) + left * (few * share + balance.many() * taken * (1 - share));
  }

  private Factor averaged(double left, double[] rest) {
    double[] squares = new double[vectors[0].length];
    for (int g = 0; g < count; g++) {
      add(rest[g], vectors[g], squares);
    }
    double others = square(rest);
    for (int i = 0; i < squares.length; i++) {
      squares[i] *= squares[i];
      others -= squares[i];
    }
    others = squares.length < count ? Math.max(0, others) : 0;
    double[] likelihoods = new double[SHARES.length];
    double best = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < SHARES.length; k++) {
      double sum = others / (1 - SHARES[k]) + dot(squares, inverses[k]);
      likelihoods[k] =
          -0.5 * logDeterminants[k]
              - 0.5 * count * Math.log(sum)
              - PRIOR * signs.length * SHARES[k];
      best = Math.max(best, likelihoods[k]);
    }
    double total = 0;
    double mean = 0;
    double square = 0;
    for (int k = 0; k < SHARES.length; k++) {
      double before = k == 0 ? 0 : (SHARES[k - 1] + SHARES[k]) / 2;
      double after = k + 1 == SHARES.length ? 1 : (SHARES[k] + SHARES[k + 1]) / 2;
      double weight = (after - before) * Math.exp(likelihoods[k] - best);
      double log = Math.log(value(left, SHARES[k]));
      total += weight;
      mean += weight * log;
      square += weight * log * log;
    }
    mean /= total;
    return new Factor(Math.exp(mean), Math.max(0, square / total - mean * mean));
  }

  /** Orthonormal forms of one or two signs, without their means. */
  private List<double[]> forms(int column, double beta, double[] index) {
    double[] own = signs[column];
    double[] t = new double[count];
    double[] s = new double[count];
    for (int g = 0; g < count; g++) {
      t[g] = index[g] - own[g] * beta;
      s[g] = shown[g] - own[g];
    }
    List<double[]> products =
        new ArrayList<>(
            List.of(product(t, t), product(t, s), product(s, s), product(own, t), product(own, s)));
    if (odd) {
      products.addAll(List.of(t, s, own.clone()));
    }
    List<double[]> forms = new ArrayList<>();
    for (double[] form : products) {
      double sum = 0;
      for (double v : form) {
        sum += v;
      }
      double mean = sum / count;
      for (int g = 0; g < count; g++) {
        form[g] -= mean;
      }
      double before = square(form);
      for (double[] other : forms) {
        add(-dot(other, form), other, form);
      }
      double after = square(form);
      if (after > DEPENDENT * before) {
        double norm = Math.sqrt(after);
        for (int g = 0; g < count; g++) {
          form[g] /= norm;
        }
        forms.add(form);
      }
    }
    return forms;
  }

  private static double[] product(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int g = 0; g < product.length; g++) {
      product[g] = a[g] * b[g];
    }
    return product;
  }

  private static double square(double[] values) {
    return dot(values, values);
  }

  private static double dot(double[] a, double[] b) {
    // Four sums, none of which waits for another.
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += a[i] * b[i];
    }
    return s0 + s1 + (s2 + s3);
  }

  private static void add(double factor, double[] values, double[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += factor * values[i];
    }
  }
}
