package dev.quicklime.internal.cam;

import dev.quicklime.QuicklimeException;
import dev.quicklime.cam.CamLayer;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.CamResult;
import dev.quicklime.cam.CamWeights;
import dev.quicklime.internal.scoring.Scores;
import dev.quicklime.internal.scoring.Selection;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.run.Stage;
import dev.quicklime.run.Timings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Makes the maps of one forward pass. For one thread and one use. */
public final class CamRun {

  private final String model;
  private final CamOptions options;
  private final CamLayer layer;
  private final CamGradients pass;
  private final int pictures;
  private final List<String> notices = new ArrayList<>();
  private boolean sloped;

  /**
   * Prepares.
   *
   * @param model what messages call it
   * @param layer whose activation and gradients the pass gives
   * @param pictures of the batch, ≥ 1
   * @param notices what is known of the model before
   */
  public CamRun(
      String model,
      CamOptions options,
      CamLayer layer,
      CamGradients pass,
      int pictures,
      List<String> notices) {
    this.model = model;
    this.options = options;
    this.layer = layer;
    this.pass = pass;
    this.pictures = pictures;
    this.notices.addAll(notices);
  }

  /**
   * All maps.
   *
   * @param clock has run since the work on them began
   * @throws QuicklimeException if scores, gradients or maps are not finite, or if nothing depends
   *     on the layer
   */
  public CamResult maps(Timings.Clock clock) {
    double[] scores = checked(model, pass.scores(), pictures);
    int classes = scores.length / pictures;
    List<Selection> chosen =
        IntStream.range(0, pictures)
            .mapToObj(
                picture ->
                    Selection.of(
                        scores,
                        picture * classes,
                        classes,
                        Labels.none(),
                        options.classes(),
                        options.target()))
            .toList();
    boolean probability = chosen.getFirst().target() == Target.PROBABILITY;
    if (options.target() == Target.PROBABILITY && !probability) {
      notices.add("the model has one output, whose probability says nothing: its output is taken");
    }
    float[] activation = pass.activation();
    clock.stop(Stage.FORWARD);
    List<List<CamMap>> maps = new ArrayList<>();
    for (int picture = 0; picture < pictures; picture++) {
      maps.add(new ArrayList<>());
    }
    List<int[]> slots =
        IntStream.range(0, chosen.getFirst().explained().size())
            .mapToObj(
                slot ->
                    chosen.stream().mapToInt(selection -> selection.indices().get(slot)).toArray())
            .toList();
    pass.expect(slots, probability);
    for (int[] wanted : slots) {
      float[] gradient = gradient(wanted, probability);
      clock.stop(Stage.BACKWARD);
      for (int picture = 0; picture < pictures; picture++) {
        maps.get(picture).add(map(picture, wanted[picture], scores, classes, activation, gradient));
      }
      clock.stop(Stage.MAPS);
    }
    if (!sloped) {
      throw new QuicklimeException(
          "model %s: the gradient of every %s is 0 at all places of layer %s%s"
              .formatted(
                  model,
                  probability ? "probability" : "score",
                  layer.called(),
                  probability ? "; those of the logits may not be" : ""));
    }
    notices.addAll(pass.notices());
    return new CamResult(layer, classes, maps, notices, clock.total());
  }

  /**
   * Scores by picture.
   *
   * @param model what messages call it
   * @param all scores of all pictures, picture by picture
   * @throws QuicklimeException if they are not finite
   */
  public static double[][] scores(String model, double[] all, int pictures) {
    checked(model, all, pictures);
    int classes = all.length / pictures;
    double[][] scores = new double[pictures][];
    for (int picture = 0; picture < pictures; picture++) {
      scores[picture] = Arrays.copyOfRange(all, picture * classes, (picture + 1) * classes);
    }
    return scores;
  }

  private static double[] checked(String model, double[] scores, int pictures) {
    new Scores(model, "picture", index -> "class " + index).check(scores, 0, pictures);
    return scores;
  }

  private float[] gradient(int[] classes, boolean probability) {
    float[] gradient = pass.gradient(classes, probability);
    if (gradient == null) {
      throw new QuicklimeException(
          "model %s: its scores do not depend on layer %s by way of anything that has a gradient"
              .formatted(model, layer.called()));
    }
    for (float value : gradient) {
      if (!Float.isFinite(value)) {
        throw new QuicklimeException(
            "model %s: the gradient of layer %s must be finite, got %s"
                .formatted(model, layer.called(), value));
      }
    }
    return gradient;
  }

  private CamMap map(
      int picture, int index, double[] scores, int classes, float[] activation, float[] gradient) {
    CamWeights weights =
        new CamWeights(layer.channels(), layer.frames(), layer.height() * layer.width());
    int offset = picture * (gradient.length / pictures);
    int length = gradient.length / pictures;
    List<String> found = new ArrayList<>();
    boolean flat = true;
    for (int i = offset; flat && i < offset + length; i++) {
      flat = gradient[i] == 0;
    }
    CamWeights.Alphas alphas =
        weights.alphas(gradient, offset, options.normalization(), options.frames());
    if (flat) {
      found.add("the map is empty: the target's gradient is 0 at all places of " + layer.called());
    } else {
      sloped = true;
      found.addAll(alphas.notices());
    }
    float[] values = weights.map(activation, offset, alphas.alphas());
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new QuicklimeException(
            "model %s: the map of layer %s must be finite, got %s"
                .formatted(model, layer.called(), value));
      }
    }
    return new CamMap(
        index,
        scores[picture * classes + index],
        Target.PROBABILITY.of(scores, picture * classes, classes, index),
        layer,
        values,
        alphas.alphas(),
        found);
  }
}
