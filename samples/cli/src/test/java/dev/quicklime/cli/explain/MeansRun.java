package dev.quicklime.cli.explain;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.cli.run.Interruption;
import dev.quicklime.cli.run.OutputFolder;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.report.figure.Show;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Runs of {@code explain} over a classifier without a file. */
final class MeansRun {

  private MeansRun() {}

  /** Scores of three classes by the mean of the pixels. */
  static double[] means(float[] pixels) {
    double sum = 0;
    for (float pixel : pixels) {
      sum += pixel;
    }
    return new double[] {sum / pixels.length, -sum, 1};
  }

  /**
   * What is done with pictures: nothing is known of files, and no other explanation is followed.
   */
  static ExplainPlan plan(
      List<Path> pictures,
      Path out,
      ExplainOptions options,
      FigureChoice figures,
      boolean fidelity,
      boolean export,
      boolean quiet) {
    OutputFolder output = OutputFolder.at(out);
    return new ExplainPlan(
        pictures,
        pictures.stream().map(output::reserve).toList(),
        _ -> options,
        Show.BOTH,
        figures,
        output,
        null,
        fidelity,
        export,
        quiet,
        _ -> null,
        null);
  }

  /**
   * Does it.
   *
   * @param failures receives what kept pictures from being explained, whether or not the run ends
   */
  static void run(
      ExplainPlan plan,
      PixelScorer scorer,
      ExplainRun.Reports reports,
      PrintWriter out,
      Consumer<String> notices,
      List<Exception> failures)
      throws IOException {
    Preprocessing input = Preprocessing.imageNet().withSize(12, 10);
    try (Explainer explainer =
            Explainer.of(Classifier.of("means", input, 8, scorer), Labels.none());
        Interruption interruption = Interruption.guard()) {
      ExplainRun run =
          new ExplainRun(plan, explainer, null, reports, _ -> List.of(), out, notices, false);
      try {
        run.run(interruption);
      } finally {
        failures.addAll(run.failures());
      }
    }
  }
}
