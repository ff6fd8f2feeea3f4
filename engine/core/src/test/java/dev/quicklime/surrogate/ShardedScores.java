package dev.quicklime.surrogate;

import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.FixedSize;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.Leverage;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.locality.Locality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Scores of one explanation's rows, whole and in shards. */
@SuppressWarnings("ArrayRecordComponent") // Lives within a test.
record ShardedScores(ShardFrame frame, double[] scores) {

  /** Designs whose sums are fitted to. */
  static final List<Design> DESIGNS =
      List.of(
          new Bernoulli(0.5),
          new Bernoulli(0.8),
          new Antithetic(),
          new FixedSize(),
          new Leverage(),
          new FoldedHadamard());

  /** Scores that bend, with terms of two superpixels, about their own levels. */
  static ShardedScores of(Design design, int samples, int d, int classes, long seed) {
    return of(design, samples, d, Locality.defaults(), level(classes, 0.3), 1, seed);
  }

  static double[] level(int classes, double value) {
    double[] levels = new double[classes];
    Arrays.setAll(levels, c -> value + c);
    return levels;
  }

  static ShardedScores of(
      Design design,
      int samples,
      int d,
      Locality locality,
      double[] levels,
      double spread,
      long seed) {
    int classes = levels.length;
    ShardFrame frame = new ShardFrame(design, samples, d, seed, locality, classes);
    MaskMatrix masks = frame.masks(new RowRange(0, frame.rows()));
    Random random = new Random(seed);
    double[][] weights = new double[classes][d];
    for (double[] own : weights) {
      Arrays.setAll(own, j -> random.nextGaussian() / (1 + j % 7));
    }
    double[] scores = new double[frame.rows() * classes];
    for (int row = 0; row < frame.rows(); row++) {
      for (int c = 0; c < classes; c++) {
        double sum = masks.sumShown(row, 0, weights[c]);
        double pair = masks.shown(row, 0) && masks.shown(row, d - 1) ? 0.5 : 0;
        scores[row * classes + c] =
            levels[c] + spread * (Math.tanh(sum / 3) + pair + 0.1 * random.nextGaussian());
      }
    }
    return new ShardedScores(frame, scores);
  }

  static ShardedScores exhaustive(int d, int classes) {
    return of(new Exhaustive(), 1, d, classes, 3);
  }

  /** As one process fits. */
  FitInput whole() {
    return DesignFits.gathered(new LeastSquares(true), frame, scores);
  }

  double[] scores(RowRange range) {
    int classes = frame.classes();
    return Arrays.copyOfRange(scores, range.from() * classes, range.to() * classes);
  }

  ShardSums sums(RowRange range) {
    return ShardSums.of(frame, range, scores(range));
  }

  /** Sums of shards of any sizes, added in any order. */
  ShardSums shuffled(long seed) {
    Random random = new Random(seed);
    List<ShardSums> parts = new ArrayList<>();
    int from = 0;
    while (from < frame.rows()) {
      long to = (from == 0 ? 1 : from) + ShardFrame.BLOCK * (1L + random.nextInt(3));
      RowRange range = new RowRange(from, (int) Math.min(frame.rows(), to));
      parts.add(sums(range));
      from = range.to();
    }
    Collections.shuffle(parts, random);
    while (parts.size() > 1) {
      ShardSums one = parts.remove(random.nextInt(parts.size()));
      ShardSums other = parts.remove(random.nextInt(parts.size()));
      parts.add(one.plus(other));
    }
    return parts.getFirst();
  }

  ShardSums together() {
    return sums(new RowRange(0, frame.rows()));
  }
}
