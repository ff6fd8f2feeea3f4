package dev.quicklime.serve.ring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.surrogate.FitInput;
import dev.quicklime.surrogate.ForwardSelection;
import dev.quicklime.surrogate.KLasso;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Ridge;
import dev.quicklime.surrogate.Strongest;
import dev.quicklime.surrogate.Surrogate;
import dev.quicklime.surrogate.SurrogateFitter;
import java.io.IOException;
import java.util.List;

/** What a connection scored last, to be fitted as often as its peer likes. */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and megabytes.
record RingSamples(MaskMatrix masks, double[] scores) {

  private static final double RIDGE = 1;

  /** Fits the surrogate that a message names, and answers with the fits. */
  void fit(RingFrame asked, FrameChannel channel) throws IOException {
    int classes = scores.length / masks.rows();
    long[] wanted = asked.numbers("classes", 0, classes - 1L);
    if (wanted.length == 0) {
      throw new InvalidInputException("classes must be at least one, got none");
    }
    double[] weights = asked.doubles(masks.rows());
    double[] chosen = new double[Math.multiplyExact(masks.rows(), wanted.length)];
    for (int row = 0; row < masks.rows(); row++) {
      for (int c = 0; c < wanted.length; c++) {
        chosen[row * wanted.length + c] = scores[row * classes + (int) wanted[c]];
      }
    }
    List<LinearFit> fits =
        SurrogateFitter.fitAll(
            surrogate(asked), FitInput.of(masks, weights, chosen, wanted.length));
    ObjectNode answer = FrameChannel.head();
    ArrayNode each = answer.putArray("fits");
    double[] coefficients = new double[Math.multiplyExact(wanted.length, masks.columns())];
    int at = 0;
    for (LinearFit fit : fits) {
      ObjectNode one = each.addObject().put("intercept", fit.intercept()).put("r2", fit.r2());
      fit.selected().forEach(one.putArray("selected")::add);
      for (double coefficient : fit.coefficients()) {
        coefficients[at++] = coefficient;
      }
    }
    channel.write(answer, coefficients);
  }

  /** All of them end with the ridge that Python's lime ends with, α = 1. */
  private Surrogate surrogate(RingFrame asked) {
    int features = asked.integer("features", 1, masks.columns());
    String name = asked.text("surrogate");
    return switch (name) {
      case "forward" -> new ForwardSelection(features, RIDGE, true);
      case "strongest" -> Strongest.lime(features);
      case "k-lasso" -> new KLasso(features, RIDGE, true);
      case "ridge" -> new Ridge(RIDGE, true);
      default ->
          throw new InvalidInputException(
              "surrogate must be forward, strongest, k-lasso or ridge, got " + name);
    };
  }
}
