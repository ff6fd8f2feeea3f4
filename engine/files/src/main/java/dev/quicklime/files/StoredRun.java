package dev.quicklime.files;

import dev.quicklime.InvalidInputException;
import dev.quicklime.Samples;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.surrogate.DesignFits;
import dev.quicklime.surrogate.FitInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run that {@link RunArchive} wrote, or any {@code .npz} file with the arrays {@code masks} [n,
 * d] of zeros and ones, {@code scores} [n, C], or [n] of a single class, and {@code weights} [n].
 * The other arrays of a run may be left out; those that are there must fit the masks and scores. Of
 * a run that was completed over masks that nobody scored the same masks complete it again. Arrays
 * of other names are not looked at. Immutable.
 */
public final class StoredRun {

  private static final String NAME = "run.npz";

  private final Samples samples;
  private final FitInput input;
  private final @Nullable SegmentMap segments;
  private final StoredFit fit;

  StoredRun(
      Samples samples,
      int blockRows,
      int balancedRows,
      @Nullable Unscored unscored,
      @Nullable SegmentMap segments,
      StoredFit fit) {
    this.samples = samples;
    this.segments = segments;
    this.fit = fit;
    FitInput scored =
        FitInput.of(
            samples.masks(),
            samples.weights(),
            samples.scores(),
            samples.classes().size(),
            blockRows,
            balancedRows);
    input =
        unscored == null
            ? scored
            : DesignFits.completed(scored, unscored.masks(), unscored.weights());
  }

  /** Masks that a run was completed over, and their weights. */
  @SuppressWarnings("ArrayRecordComponent") // Handed on once, never compared.
  record Unscored(MaskMatrix masks, double[] weights) {}

  /** The run in a folder, or the file itself. */
  public static Path fileAt(Path named) {
    Objects.requireNonNull(named, "named");
    return Files.isDirectory(named) ? named.resolve(NAME) : named;
  }

  /**
   * Reads a run from an archive that {@link RunArchive} wrote. Masks are packed one row at a time.
   *
   * @throws InvalidInputException if the file cannot be read, an array is missing, an array is not
   *     of the type, shape or range that {@link RunArchive} writes, or arrays do not belong
   *     together
   */
  public static StoredRun read(Path file) {
    Objects.requireNonNull(file, "file");
    return StoredRunReader.read(file);
  }

  /** Masks, weights and scores, as they were stored. */
  public Samples samples() {
    return samples;
  }

  /** What surrogates are fitted to: the same samples, summed up as their design wants it. */
  public FitInput input() {
    return input;
  }

  /** Indices of the C classes; 0 to C − 1 where the file has none. */
  public List<Integer> classes() {
    return samples.classes();
  }

  /** The superpixels, at the model's input size, or null where the file has no labels. */
  public @Nullable SegmentMap segments() {
    return segments;
  }

  /** What the file says of the fit that was made. */
  public StoredFit fit() {
    return fit;
  }
}
