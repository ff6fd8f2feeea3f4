package dev.quicklime.tabular;

import dev.quicklime.surrogate.FeatureMatrix;
import dev.quicklime.surrogate.FitInput;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Surrogate;
import dev.quicklime.surrogate.SurrogateFitter;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of one explanation with their weights and scores; row 0 is the explained one. Immutable.
 */
public final class TabularSamples {

  private final Neighbourhood rows;
  private final Encoder encoder;
  private final List<Feature> features;
  private final List<Integer> classes;
  private final double[] scores;
  private final FitInput input;

  TabularSamples(
      Neighbourhood rows,
      Encoder encoder,
      List<Feature> features,
      List<Integer> classes,
      double[] scores,
      TabularDesign design) {
    this.rows = rows;
    this.encoder = encoder;
    this.features = List.copyOf(features);
    this.classes = List.copyOf(classes);
    this.scores = scores;
    input =
        FitInput.of(rows.matrix(), rows.weights(), scores, classes.size(), design.paired() ? 2 : 1);
  }

  /** Number of rows, n + 1. */
  public int rows() {
    return rows.rows();
  }

  /** Names of the model's inputs. */
  public List<String> inputs() {
    return encoder.names();
  }

  /** What the model was given, row by row. */
  public double[] inputValues() {
    return encoder.encode(rows.values(), 0, rows.rows());
  }

  /**
   * What surrogates are fitted to: of each feature that varies, how many σ a row is away from the
   * explained one, or 1 for the same category and 0 for another.
   */
  public FeatureMatrix matrix() {
    return rows.matrix();
  }

  /** Weights of the rows in the fit. */
  public double[] weights() {
    return rows.weights().clone();
  }

  /** The explained classes, in the order of their scores. */
  public List<Integer> classes() {
    return classes;
  }

  /** Values of the target, row by row. */
  public double[] scores() {
    return scores.clone();
  }

  /** The locality's width that the weights come from. */
  public double width() {
    return rows.width();
  }

  /** All columns with how they were perturbed. */
  public List<Feature> features() {
    return features;
  }

  /**
   * Fits a surrogate to each class.
   *
   * @return one fit for each class, in order
   */
  public List<TabularFit> fit(Surrogate surrogate) {
    List<TabularFit> fits = new ArrayList<>();
    for (LinearFit fit : SurrogateFitter.fitAll(surrogate, input)) {
      fits.add(TabularFit.of(surrogate, fit, features));
    }
    return fits;
  }
}
