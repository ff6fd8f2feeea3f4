package dev.quicklime.perturb;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.internal.kernel.Kernels;
import dev.quicklime.internal.kernel.SelectKernel;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Writes perturbed samples into a classifier's batch. Both pictures are normalised beforehand, in
 * double precision, so that composing only moves numbers: a sample's pixels are the same bits
 * whatever the batch they are part of. Immutable; several threads may compose into different
 * batches at once.
 */
public final class Compositor {

  private final BatchFormat format;
  private final int superpixels;
  private final int[] labels;
  private final int planes;
  private final Planes shown;
  private final Planes filled;
  private final SelectKernel kernel;

  /**
   * Prepares composing.
   *
   * @throws IllegalArgumentException if the picture does not have the format's size and channels
   */
  public static Compositor of(Perturbation perturbation, BatchFormat format) {
    return new Compositor(perturbation, format, Kernels.select());
  }

  Compositor(Perturbation perturbation, BatchFormat format, SelectKernel kernel) {
    Preprocessing target = format.preprocessing();
    var image = perturbation.original();
    if (image.width() != target.width()
        || image.height() != target.height()
        || image.channels() != target.channels()) {
      throw new IllegalArgumentException(
          "the picture must be %d×%d×%d as the classifier takes it, got %d×%d×%d"
              .formatted(
                  target.width(),
                  target.height(),
                  target.channels(),
                  image.width(),
                  image.height(),
                  image.channels()));
    }
    this.format = format;
    this.superpixels = perturbation.segments().count();
    this.kernel = kernel;
    int[] pixels = perturbation.segments().labels();
    boolean channelsLast = format.layout() == Layout.NHWC;
    this.labels = channelsLast ? repeat(pixels, target.channels()) : pixels;
    this.planes = channelsLast ? 1 : target.channels();
    this.shown = Planes.of(perturbation.shownLevels(), format);
    this.filled = Planes.of(perturbation.filledLevels(), format);
  }

  private static int[] repeat(int[] labels, int times) {
    int[] repeated = new int[Math.multiplyExact(labels.length, times)];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = labels[i / times];
    }
    return repeated;
  }

  /**
   * Writes samples one after the other from the start of a batch.
   *
   * @param masks n × d, d the number of superpixels
   * @param firstRow first sample to be written
   * @param rows how many, ≥ 0
   * @param batch at least rows · {@link BatchFormat#bytes} bytes
   */
  public void compose(MaskMatrix masks, int firstRow, int rows, MemorySegment batch) {
    if (masks.columns() != superpixels) {
      throw new IllegalArgumentException(
          "masks must have a column for each of "
              + superpixels
              + " superpixels, got "
              + masks.columns());
    }
    if (firstRow < 0 || rows < 0 || rows > masks.rows() - firstRow) {
      throw new IllegalArgumentException(
          "rows must lie within the %d of the masks, got %d from %d on"
              .formatted(masks.rows(), rows, firstRow));
    }
    if (batch.byteSize() < rows * format.bytes()) {
      throw new IllegalArgumentException(
          "the batch must have %d bytes for %d samples, got %d"
              .formatted(rows * format.bytes(), rows, batch.byteSize()));
    }
    int[] states = new int[superpixels];
    int[] scratch = new int[SelectKernel.SCRATCH];
    for (int done = 0; done < rows; done += SelectKernel.MAX_SAMPLES) {
      int count = Math.min(SelectKernel.MAX_SAMPLES, rows - done);
      transpose(masks, firstRow + done, count, states);
      long at = done * format.bytes();
      if (format.type() == PixelType.FLOAT32) {
        kernel.selectFloats(
            labels, planes, states, count, shown.floats(), filled.floats(), batch, at, scratch);
      } else {
        kernel.selectShorts(
            labels, planes, states, count, shown.shorts(), filled.shorts(), batch, at, scratch);
      }
    }
  }

  /** Turns some rows of masks into a word for each superpixel, with a bit for each row. */
  private static void transpose(MaskMatrix masks, int firstRow, int count, int[] states) {
    Arrays.fill(states, 0);
    for (int s = 0; s < count; s++) {
      for (int i = 0; i < masks.wordsPerRow(); i++) {
        for (long word = masks.word(firstRow + s, i); word != 0; word &= word - 1) {
          states[(i << 6) + Long.numberOfTrailingZeros(word)] |= 1 << s;
        }
      }
    }
  }
}
