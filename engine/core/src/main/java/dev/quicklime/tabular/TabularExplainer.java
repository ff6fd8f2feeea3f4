package dev.quicklime.tabular;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.scoring.ScoreWatch;
import dev.quicklime.internal.scoring.ScoringLoop;
import dev.quicklime.internal.scoring.Selection;
import dev.quicklime.internal.scoring.TargetValues;
import dev.quicklime.locality.Locality;
import dev.quicklime.model.Labels;
import dev.quicklime.model.RowModel;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.run.Stage;
import dev.quicklime.run.Timings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/**
 * Explains rows of tables with one model: LIME on numbers. Rows z = x + ε are drawn around the
 * explained row x, ε of each numeric column normal with its deviation σ, a categorical column's
 * value drawn as often as the table has it; the model scores them; they weigh exp(−D²/(2·width²));
 * and a linear surrogate is fitted. With f(z) = a + bᵀz its coefficients are b; with any smooth f
 * they tend to the mean gradient of f under a normal distribution around x of variance σ²·width²/(1
 * + width²).
 *
 * <p>The same table, row, options and seed give the same explanation, whatever the batch size, up
 * to the model's own rounding. Interrupting the thread ends it with a {@link CancellationException}
 * after the batch in flight.
 */
public final class TabularExplainer implements AutoCloseable {

  /** Under this many effective samples for each feature a fit is unsure. */
  private static final int SAMPLES_PER_FEATURE = 5;

  private final RowModel model;
  private final Labels labels;

  private TabularExplainer(RowModel model, Labels labels) {
    this.model = model;
    this.labels = labels;
  }

  /** Explains with a model, which the explainer closes in the end. */
  public static TabularExplainer of(RowModel model, Labels labels) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(labels, "labels");
    return new TabularExplainer(model, labels);
  }

  /** What rows are scored by; the explainer owns it, and closes it. */
  public RowModel model() {
    return model;
  }

  /**
   * Explains a row of a table.
   *
   * @param row from 0
   * @throws InvalidInputException if there is no such row or an option is out of range
   * @throws dev.quicklime.QuicklimeException if the model fails or returns something else than
   *     finite scores
   */
  public TabularExplanation explain(
      Table table, int row, TabularOptions options, Progress progress) {
    return explain(table, table.row(row), options, progress);
  }

  /**
   * Explains any row, whose neighbours are drawn as the table's columns vary.
   *
   * @param row a value for each column; of a categorical column one of its codes
   * @throws InvalidInputException if the row does not fit the table or an option is out of range
   * @throws dev.quicklime.QuicklimeException if the model fails or returns something else than
   *     finite scores
   */
  public TabularExplanation explain(
      Table table, double[] row, TabularOptions options, Progress progress) {
    Timings.Clock clock = new Timings.Clock();
    List<String> notices = new ArrayList<>(table.notices());
    boolean single = model.singlePrecision();
    List<Feature> features = Features.of(table.columns(), row, options, single, notices);
    if (single) {
      notices.addAll(Resolution.notices(table, row, options));
    }
    Neighbourhood rows = Neighbourhood.draw(table.columns(), features, options, single);
    checkWeights(rows, notices);
    clock.stop(Stage.DRAW);
    Encoder encoder = new Encoder(table.columns(), options.oneHot());
    TargetValues kept = new TargetValues(labels, options.classes(), options.target(), rows.rows());
    ScoringLoop loop = new ScoringLoop(model.info().name(), labels, "row");
    ScoreWatch watch = new ScoreWatch("row", model.info().precision());
    RowFeed feed = new RowFeed(model, encoder, rows.values());
    loop.run(
        feed,
        0,
        rows.rows(),
        (scores, first, count) -> {
          kept.keep(scores, first, count, loop.classes());
          watch.see(scores, first, count, loop.classes());
          progress.scored(first + count, rows.rows());
        },
        clock);
    loop.run(feed, 0, 1, (scores, _, _) -> watch.again(scores, 0), clock);
    Selection selection = kept.selection();
    notices.addAll(model.info().notices());
    notices.addAll(selection.notices());
    notices.addAll(watch.notices(selection.target()));
    boolean lone = selection.ranking().size() == 1 && labels.names().isEmpty();
    double[] values = kept.first(rows.rows());
    TabularSamples samples =
        new TabularSamples(rows, encoder, features, selection.indices(), values, options.design());
    List<TabularFit> fits = samples.fit(options.surrogate());
    List<TabularClass> classes = new ArrayList<>();
    for (int c = 0; c < fits.size(); c++) {
      classes.add(
          new TabularClass(
              named(selection.explained().get(c), lone),
              values[c],
              fits.get(c).doubted(selection.target())));
    }
    clock.stop(Stage.SURROGATE);
    return new TabularExplanation(
        features,
        selection.ranking().stream().map(scored -> named(scored, lone)).toList(),
        classes,
        selection.target(),
        samples,
        options,
        model.info(),
        clock.total(),
        notices);
  }

  /**
   * What the model makes of rows: the probability of each class, which is what an explanation calls
   * so; or the value itself of a model with one output.
   *
   * @param rows a value for each column of the table; of a categorical column one of its codes
   * @param oneHot whether the model takes an input for each category
   * @return for each row as many numbers as the model has outputs
   * @throws InvalidInputException if a row does not fit the table
   * @throws dev.quicklime.QuicklimeException if the model fails or returns something else than
   *     finite scores
   */
  public List<List<Double>> predict(Table table, List<double[]> rows, boolean oneHot) {
    List<Column> columns = table.columns();
    double[] values = new double[Math.multiplyExact(rows.size(), columns.size())];
    for (int i = 0; i < rows.size(); i++) {
      Features.checkRow(columns, rows.get(i));
      System.arraycopy(rows.get(i), 0, values, i * columns.size(), columns.size());
    }
    List<List<Double>> predictions = new ArrayList<>();
    ScoringLoop loop = new ScoringLoop(model.info().name(), labels, "row");
    loop.run(
        new RowFeed(model, new Encoder(columns, oneHot), values),
        0,
        rows.size(),
        (scores, _, count) -> {
          for (int i = 0; i < count; i++) {
            predictions.add(prediction(scores, i * loop.classes(), loop.classes()));
          }
        },
        new Timings.Clock());
    return predictions;
  }

  private static List<Double> prediction(double[] scores, int offset, int classes) {
    Target target = classes == 1 ? Target.LOGIT : Target.PROBABILITY;
    List<Double> values = new ArrayList<>(classes);
    for (int c = 0; c < classes; c++) {
      values.add(target.of(scores, offset, classes, c));
    }
    return values;
  }

  /** The only output of a model without names has no number. */
  private static ScoredClass named(ScoredClass scored, boolean lone) {
    return lone
        ? new ScoredClass(scored.index(), "output", scored.score(), scored.probability())
        : scored;
  }

  private static void checkWeights(Neighbourhood rows, List<String> notices) {
    double effective = Locality.effectiveSamples(rows.weights());
    int columns = rows.matrix().columns();
    double heaviest = 0;
    for (int row = 1; row < rows.rows(); row++) {
      heaviest = Math.max(heaviest, rows.weights()[row]);
    }
    if (!(heaviest > Double.MIN_NORMAL)) {
      throw new InvalidInputException(
          "width must be so large that some row has a weight, got " + rows.width());
    }
    if (effective < SAMPLES_PER_FEATURE * columns) {
      notices.add(
          String.format(
              Locale.ROOT,
              "the weights leave %.0f effective samples for %d features; a steady fit wants %d or"
                  + " more: draw more samples or take a larger width",
              effective,
              columns,
              SAMPLES_PER_FEATURE * columns));
    }
  }

  /** Closes the model; no explanation may be under way. */
  @Override
  public void close() {
    model.close();
  }
}
