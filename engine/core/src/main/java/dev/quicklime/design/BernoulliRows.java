package dev.quicklime.design;

import dev.quicklime.internal.kernel.Kernels;
import dev.quicklime.internal.kernel.masks.MaskKernel;

/** Draws the masks of a {@link Bernoulli}, whose words {@link MaskKernel} specifies. */
final class BernoulliRows implements RowStream {

  private final MaskKernel kernel;
  private final long threshold;
  private final int perRow;
  private final long lastWord;
  private final long[] generators;

  BernoulliRows(double p, int superpixels, long seed) {
    this(Kernels.chosen().masks(), p, superpixels, new long[MaskKernel.STATE]);
    MaskKernel.seed(seed, generators);
  }

  /**
   * Rows of a form of the kernel.
   *
   * @param generators {@link MaskKernel#STATE} numbers, which are moved on
   */
  BernoulliRows(MaskKernel kernel, double p, int superpixels, long[] generators) {
    this.kernel = kernel;
    this.generators = generators;
    threshold = MaskKernel.threshold(p);
    perRow = MaskMatrix.wordsPerRow(superpixels);
    lastWord = MaskMatrix.lastWord(superpixels);
  }

  /** As many rows as there are generators take whole turns of them. */
  @Override
  public int unit() {
    return MaskKernel.STREAMS;
  }

  @Override
  public void next(long[] words, int at, int count) {
    int length = count * perRow;
    int rest = length % MaskKernel.STREAMS;
    kernel.draw(generators, threshold, words, at, length - rest);
    if (rest > 0) {
      long[] last = new long[MaskKernel.STREAMS];
      kernel.draw(generators, threshold, last, 0, last.length);
      System.arraycopy(last, 0, words, at + length - rest, rest);
    }
    for (int i = at + perRow - 1; i < at + length; i += perRow) {
      words[i] &= lastWord;
    }
  }
}
