package dev.quicklime.cli.refit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quicklime.InvalidInputException;
import dev.quicklime.files.StoredRun;
import dev.quicklime.internal.file.ReadBudget;
import dev.quicklime.surrogate.FitInput;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Surrogate;
import dev.quicklime.surrogate.SurrogateFitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The samples of one run, and what was fitted to them. */
final class RefitRun {

  /**
   * A surrogate's fits.
   *
   * @param surrogate what was fitted
   * @param fits one for each class
   * @param millis how long that took, with sums that all surrogates share already there
   */
  record Refit(Surrogate surrogate, List<LinearFit> fits, double millis) {}

  private static final int TIMES = 30;
  private static final double QUICK_MILLIS = 100;

  /** The explanation of a large picture has some megabytes. */
  private static final long MOST_BYTES = 256 << 20;

  private final Path file;
  private final StoredRun run;
  private final Map<Integer, String> labels;
  private final List<Refit> refits = new ArrayList<>();

  RefitRun(Path file, StoredRun run) {
    this.file = file;
    this.run = run;
    labels = labels(file);
  }

  /** Names of classes from the explanation beside the run, where there is one. */
  private static Map<Integer, String> labels(Path file) {
    Map<Integer, String> labels = new HashMap<>();
    Path explanation = file.resolveSibling("explanation.json");
    if (Files.isRegularFile(explanation)) {
      try {
        byte[] json = ReadBudget.small(explanation, MOST_BYTES);
        for (JsonNode named : new ObjectMapper().readTree(json).path("classes")) {
          labels.put(named.path("index").asInt(-1), named.path("label").asText());
        }
      } catch (IOException | InvalidInputException e) {
        // Names are a courtesy; the numbers do not need them.
        labels.clear();
      }
    }
    return labels;
  }

  /**
   * Fits surrogates.
   *
   * @param timed whether quick ones are fitted some times and the fastest counts, as the first time
   *     is the compiler's
   */
  void fit(List<Surrogate> surrogates, boolean timed) {
    for (Surrogate surrogate : surrogates) {
      double best = Double.POSITIVE_INFINITY;
      List<LinearFit> fits = List.of();
      int left = TIMES;
      while (left > 0) {
        long start = System.nanoTime();
        fits = SurrogateFitter.fitAll(surrogate, run.input());
        double millis = (System.nanoTime() - start) / 1e6;
        best = Math.min(best, millis);
        left = timed && millis < QUICK_MILLIS ? left - 1 : 0;
      }
      refits.add(new Refit(surrogate, fits, best));
    }
  }

  /**
   * Half of the ℓ1 and of the ℓ2 norm of the least-squares fit, averaged over the classes: a ball
   * that binds.
   */
  Norms halfNorms(boolean intercept) {
    double l1 = 0;
    double l2 = 0;
    List<LinearFit> fits = SurrogateFitter.fitAll(new LeastSquares(intercept), run.input());
    for (LinearFit fit : fits) {
      l1 += fit.coefficients().stream().mapToDouble(Math::abs).sum();
      l2 += Math.sqrt(fit.coefficients().stream().mapToDouble(b -> b * b).sum());
    }
    int count = 2 * fits.size();
    return new Norms(
        Math.max(Double.MIN_NORMAL, l1 / count), Math.max(Double.MIN_NORMAL, l2 / count));
  }

  /**
   * Radii of the two balls.
   *
   * @param l1 of the ℓ1 ball
   * @param l2 of the ℓ2 ball
   */
  record Norms(double l1, double l2) {}

  Path file() {
    return file;
  }

  FitInput input() {
    return run.input();
  }

  List<Integer> classes() {
    return run.classes();
  }

  /** The class's name, or its index. */
  String label(int position) {
    int index = run.classes().get(position);
    return labels.getOrDefault(index, "class " + index);
  }

  List<Refit> refits() {
    return refits;
  }
}
