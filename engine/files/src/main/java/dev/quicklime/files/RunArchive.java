package dev.quicklime.files;

import dev.quicklime.ClassExplanation;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.Samples;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.files.npy.NpzWriter;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.surrogate.DesignFits;
import dev.quicklime.surrogate.FitInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The matrices of an explanation as one {@code .npz} file, so that others can fit what they like;
 * {@link StoredRun} reads it.
 *
 * <p>With n drawn samples, d superpixels and C explained classes: {@code labels} int32 [H, W] at
 * the model's input size; {@code masks} uint8 [n + 1, d], 1 where shown; {@code scores} float64 [n
 * + 1, C], the target, all of them in the number format of the samples; {@code classes} int32 [C];
 * {@code weights} float64 [n + 1] as used in the fit; {@code coefficients} float64 [C, d]; {@code
 * intercepts} float64 [C]; {@code alpha} float64 [C] as used; {@code fit_intercept} int32, a single
 * 1, or 0 where the fit was made without; {@code block_rows} int32, a single number: how many
 * consecutive rows after row 0 were drawn together; {@code balanced_rows} int32, a single number:
 * after multiples of how many rows after row 0 the masks are balanced, 1 where only chance does
 * that.
 *
 * <p>Where the fit was completed over m masks that nobody scored, as a {@link TwoPhase} design has
 * it, they are there too, and it is they that give the coefficients: {@code completed_masks} uint8
 * [m, d], {@code completed_scores} float64 [m, C], what stands for their scores, and {@code
 * completed_weights} float64 [m].
 */
public final class RunArchive {

  private RunArchive() {}

  /**
   * Writes the file, over what is there. Masks are unpacked one row at a time.
   *
   * @throws IOException if the file cannot be written; what was written so far is left
   */
  public static void write(Explanation explanation, Path file) throws IOException {
    Objects.requireNonNull(explanation, "explanation");
    Objects.requireNonNull(file, "file");
    SegmentMap segments = explanation.segments();
    Samples samples = explanation.samples();
    MaskMatrix masks = samples.masks();
    List<ClassExplanation> classes = explanation.classes();
    int rows = samples.rows();
    int columns = masks.columns();
    int count = classes.size();
    try (NpzWriter npz = new NpzWriter(file)) {
      npz.ints("labels", new int[] {segments.height(), segments.width()}, segments.labels());
      npz.bytes("masks", new int[] {rows, columns}, (row, into) -> unpack(masks, row, into));
      npz.doubles("scores", new int[] {rows, count}, samples.scores());
      npz.ints(
          "classes",
          new int[] {count},
          samples.classes().stream().mapToInt(Integer::intValue).toArray());
      npz.doubles("weights", new int[] {rows}, samples.weights());
      npz.doubles("coefficients", new int[] {count, columns}, coefficients(classes));
      npz.doubles(
          "intercepts",
          new int[] {count},
          classes.stream().mapToDouble(c -> c.fit().intercept()).toArray());
      npz.doubles(
          "alpha", new int[] {count}, classes.stream().mapToDouble(c -> c.fit().alpha()).toArray());
      boolean intercept = explanation.provenance().options().surrogate().intercept();
      npz.ints("fit_intercept", new int[0], new int[] {intercept ? 1 : 0});
      writeDesign(npz, explanation.provenance().options(), samples);
    }
  }

  private static void writeDesign(NpzWriter npz, ExplainOptions options, Samples samples)
      throws IOException {
    int count = samples.classes().size();
    FitInput input =
        DesignFits.input(
            options.design(),
            options.samples(),
            options.locality(),
            options.seed(),
            samples.masks(),
            samples.weights(),
            samples.scores(),
            count);
    int columns = samples.masks().columns();
    int blockRows = MaskSampler.blockRows(options.design(), options.samples(), columns);
    npz.ints("block_rows", new int[0], new int[] {blockRows});
    int balancedRows = MaskSampler.balancedRows(options.design(), options.samples(), columns);
    npz.ints("balanced_rows", new int[0], new int[] {balancedRows});
    if (!input.isCompletion()) {
      return;
    }
    MaskMatrix masks = input.masks();
    int rows = masks.rows();
    double[] weights = new double[rows];
    double[] scores = new double[rows * count];
    for (int row = 0; row < rows; row++) {
      weights[row] = input.weight(row);
      for (int c = 0; c < count; c++) {
        scores[row * count + c] = input.target(row, c);
      }
    }
    npz.bytes(
        "completed_masks", new int[] {rows, columns}, (row, into) -> unpack(masks, row, into));
    npz.doubles("completed_scores", new int[] {rows, count}, scores);
    npz.doubles("completed_weights", new int[] {rows}, weights);
  }

  private static void unpack(MaskMatrix masks, int row, byte[] into) {
    for (int i = 0; i < masks.wordsPerRow(); i++) {
      long word = masks.word(row, i);
      int end = Math.min(into.length, (i + 1) << 6);
      for (int j = i << 6; j < end; j++) {
        into[j] = (byte) (word >>> j & 1);
      }
    }
  }

  private static double[] coefficients(List<ClassExplanation> classes) {
    return classes.stream()
        .flatMap(c -> c.fit().coefficients().stream())
        .mapToDouble(Double::doubleValue)
        .toArray();
  }
}
