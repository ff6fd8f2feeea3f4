package dev.quicklime.nd4j;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Explanation;
import dev.quicklime.Samples;
import dev.quicklime.files.StoredFit;
import dev.quicklime.files.StoredRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run's matrices for ND4J: n samples, the original included, d superpixels, C explained classes.
 * Explanations keep theirs on the heap, so each is copied here, once; from then on Java and ND4J
 * share it. Writing to them changes neither the explanation nor the file that they come from.
 */
public final class RunArrays implements AutoCloseable {

  private final SharedArray masks;
  private final SharedArray scores;
  private final SharedArray weights;
  private final @Nullable SharedArray coefficients;
  private final @Nullable SharedArray intercepts;

  private RunArrays(
      Samples samples,
      @Nullable List<List<Double>> coefficients,
      @Nullable List<Double> intercepts) {
    int classes = samples.classes().size();
    int columns = samples.masks().columns();
    masks = SharedArray.of(samples.masks());
    scores = SharedArray.copyOf(samples.scores(), samples.rows(), classes);
    weights = SharedArray.copyOf(samples.weights(), samples.rows());
    this.coefficients =
        coefficients == null
            ? null
            : SharedArray.copyOf(
                coefficients.stream()
                    .flatMap(List::stream)
                    .mapToDouble(Double::doubleValue)
                    .toArray(),
                classes,
                columns);
    this.intercepts =
        intercepts == null
            ? null
            : SharedArray.copyOf(
                intercepts.stream().mapToDouble(Double::doubleValue).toArray(), classes);
  }

  /** Copies an explanation's. */
  public static RunArrays of(Explanation explanation) {
    List<ClassExplanation> classes = explanation.classes();
    return new RunArrays(
        explanation.samples(),
        classes.stream().map(explained -> explained.fit().coefficients()).toList(),
        classes.stream().map(explained -> explained.fit().intercept()).toList());
  }

  /** Copies those of a run that was read from a file. */
  public static RunArrays of(StoredRun run) {
    StoredFit fit = run.fit();
    return new RunArrays(run.samples(), fit.coefficients(), fit.intercepts());
  }

  /** [n, d], 1 where a superpixel is shown, 0 where it is filled. */
  public SharedArray masks() {
    return masks;
  }

  /** [n, C], the target. */
  public SharedArray scores() {
    return scores;
  }

  /** [n], as used in the fit. */
  public SharedArray weights() {
    return weights;
  }

  /** [C, d], or null where the file had none. */
  public @Nullable SharedArray coefficients() {
    return coefficients;
  }

  /** [C], or null where the file had none. */
  public @Nullable SharedArray intercepts() {
    return intercepts;
  }

  /** Closes all of them; arrays that they gave out before stay usable. */
  @Override
  public void close() {
    masks.close();
    scores.close();
    weights.close();
    if (coefficients != null) {
      coefficients.close();
    }
    if (intercepts != null) {
      intercepts.close();
    }
  }
}
