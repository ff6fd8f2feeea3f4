package dev.quicklime.perturb;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.internal.kernel.KernelSet;
import dev.quicklime.internal.kernel.Kernels;
import dev.quicklime.internal.kernel.compose.BitRow;
import dev.quicklime.internal.kernel.compose.PairKernel;
import dev.quicklime.internal.kernel.compose.PixelMaskKernel;
import dev.quicklime.internal.memory.NativeBuffer;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes perturbed samples into a classifier's batch. Both pictures are normalised beforehand, in
 * double precision, so that composing only moves numbers: a sample's pixels are the same bits
 * whatever the batch they are part of. Several threads may compose into different batches at once.
 * Composing allocates nothing.
 *
 * <p>It goes over the picture in blocks that stay in the first-level cache and writes each block of
 * all samples before the next, so that the picture is read from memory once a batch. The time does
 * not depend on the number of superpixels, unlike that of a loop over them.
 */
public final class Compositor implements AutoCloseable {

  /**
   * Bytes of picture and fill in a block: what leaves the rest of 32 KiB to the output. With three
   * channels it makes blocks of 1024 floats a plane, whose output is a page.
   */
  private static final int BLOCK_BYTES = 12 << 10;

  /**
   * A batch above this many bytes leaves the last-level cache. Then what counts is that each sample
   * is written from its first byte to its last, and the picture is read anew for every sample.
   */
  private static final long CACHED_BYTES = 16 << 20;

  private final BatchFormat format;
  private final int superpixels;
  private final int elements;
  private final int block;
  private final int padded;
  private final PixelMaskKernel pixelMasks;
  private final NativeBuffer memory;
  private final PixelPlaces places;
  private final List<Layer> layers;
  private final @Nullable PairPlaces pairs;
  private final ArrayDeque<Workspace> free = new ArrayDeque<>();
  private volatile boolean closed;

  /** What a thread writes to while it composes. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Workspace(long[] row, byte[] bits) {}

  /**
   * Prepares to compose samples of a picture in a format; takes native memory until it is closed.
   *
   * @throws InvalidInputException if the picture does not have the format's size and channels, or
   *     has more than {@value PixelPlaces#MAX_SUPERPIXELS} superpixels
   */
  public static Compositor of(Perturbation perturbation, BatchFormat format) {
    Objects.requireNonNull(perturbation, "perturbation");
    Objects.requireNonNull(format, "format");
    return of(perturbation, format, Kernels.chosen());
  }

  static Compositor of(Perturbation perturbation, BatchFormat format, KernelSet kernels) {
    check(perturbation, format);
    boolean colour = perturbation.filledWithOneColour();
    PairKernel pairs = kernels.pairs();
    boolean paired = PairPlaces.fit(pairs, format, colour, perturbation.segments().count());
    NativeBuffer memory =
        new NativeBuffer(
            (paired ? PairPlaces.bytes(format) : 0)
                + PixelPlaces.bytes(format)
                + Layer.bytes(format, colour));
    try {
      return new Compositor(perturbation, format, kernels, paired ? pairs : null, memory);
    } catch (RuntimeException | Error e) {
      memory.close();
      throw e;
    }
  }

  private static void check(Perturbation perturbation, BatchFormat format) {
    Preprocessing target = format.preprocessing();
    var image = perturbation.original();
    if (image.width() != target.width()
        || image.height() != target.height()
        || image.channels() != target.channels()) {
      throw new InvalidInputException(
          "the picture must be %s×%s×%s as the classifier takes it, got %s×%s×%s"
              .formatted(
                  target.width(),
                  target.height(),
                  target.channels(),
                  image.width(),
                  image.height(),
                  image.channels()));
    }
    if (perturbation.segments().count() > PixelPlaces.MAX_SUPERPIXELS) {
      throw new InvalidInputException(
          "superpixels must be at most %s, got %s"
              .formatted(PixelPlaces.MAX_SUPERPIXELS, perturbation.segments().count()));
    }
  }

  private Compositor(
      Perturbation perturbation,
      BatchFormat format,
      KernelSet kernels,
      @Nullable PairKernel pairKernel,
      NativeBuffer memory) {
    this.format = format;
    this.superpixels = perturbation.segments().count();
    this.pixelMasks = kernels.pixelMasks();
    this.elements = Layer.elements(format);
    this.memory = memory;
    boolean colour = perturbation.filledWithOneColour();
    long placeBytes = PixelPlaces.bytes(format);
    this.places =
        new PixelPlaces(
            perturbation.segments().labels(), format, memory.segment().asSlice(0, placeBytes));
    this.layers = Layer.split(format, colour, kernels.blends(), memory.segment(), placeBytes);
    int bytes = layers.stream().mapToInt(Layer::bytesPerElement).max().orElseThrow();
    if (pairKernel == null) {
      this.pairs = null;
    } else {
      long pairBytes = PairPlaces.bytes(format);
      MemorySegment last = memory.segment().asSlice(memory.segment().byteSize() - pairBytes);
      this.pairs = new PairPlaces(pairKernel, perturbation.segments().labels(), format, last);
      bytes += PairPlaces.bytesPerElement();
    }
    int multiple = places.multiple();
    this.padded = (elements + multiple - 1) / multiple * multiple;
    this.block = Math.min(padded, Math.max(1, BLOCK_BYTES / bytes / multiple) * multiple);
    Normalizer normalizer = new Normalizer(format);
    for (Layer layer : layers) {
      layer.write(perturbation.shownLevels(), perturbation.filledLevels(), normalizer);
    }
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
    if (closed) {
      throw new IllegalStateException("this compositor is closed");
    }
    if (masks.columns() != superpixels) {
      throw new InvalidInputException(
          "masks must have a column for each of "
              + superpixels
              + " superpixels, got "
              + masks.columns());
    }
    if (firstRow < 0 || rows < 0 || rows > masks.rows() - firstRow) {
      throw new InvalidInputException(
          "rows must lie within the %s of the masks, got %s from %s on"
              .formatted(masks.rows(), rows, firstRow));
    }
    if (batch.byteSize() < rows * format.bytes()) {
      throw new InvalidInputException(
          "the batch must have %s bytes for %s samples, got %s"
              .formatted(rows * format.bytes(), rows, batch.byteSize()));
    }
    Workspace workspace = take();
    try {
      if (rows * format.bytes() <= CACHED_BYTES) {
        for (int from = 0; from < elements; from += block) {
          composeBlock(masks, firstRow, rows, from, block, workspace, batch);
        }
      } else {
        composeBlock(masks, firstRow, rows, 0, padded, workspace, batch);
      }
    } finally {
      release(workspace);
    }
  }

  private void composeBlock(
      MaskMatrix masks,
      int firstRow,
      int rows,
      int from,
      int size,
      Workspace workspace,
      MemorySegment batch) {
    int count = Math.min(size, elements - from);
    int used = masks.wordsPerRow();
    byte[] bits = workspace.bits;
    int s = 0;
    if (pairs != null) {
      for (; s + 1 < rows; s += 2) {
        masks.copyWords(firstRow + s, 1, workspace.row);
        masks.copyWords(firstRow + s + 1, 1, workspace.row, PairKernel.ROW);
        long first = s * format.bytes();
        pairs.blend(
            workspace.row, layers.getFirst(), from, count, batch, first, first + format.bytes());
      }
    }
    for (; s < rows; s++) {
      masks.copyWords(firstRow + s, 1, workspace.row);
      places.spread(pixelMasks, workspace.row, used, from, count, bits);
      for (int l = 0; l < layers.size(); l++) {
        layers.get(l).blend(bits, from, count, batch, s * format.bytes());
      }
    }
  }

  private synchronized Workspace take() {
    Workspace workspace = free.poll();
    if (workspace != null) {
      return workspace;
    }
    int sections = superpixels / (PixelMaskKernel.SECTION * Long.SIZE) + 1;
    int words = Math.max(sections * PixelMaskKernel.SECTION, 2 * PairKernel.ROW);
    return new Workspace(new long[words], BitRow.of(padded));
  }

  private synchronized void release(Workspace workspace) {
    free.push(workspace);
  }

  /** Frees the normalised pictures. No thread may be composing. */
  @Override
  public void close() {
    closed = true;
    memory.close();
  }
}
