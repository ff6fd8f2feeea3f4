package dev.quicklime.torch.cam;

import dev.quicklime.QuicklimeException;
import dev.quicklime.cam.CamLayer;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.CamResult;
import dev.quicklime.cam.CamResult.Timings;
import dev.quicklime.cam.CamWeights;
import dev.quicklime.model.Target;
import dev.quicklime.torch.internal.CamPass;
import dev.quicklime.torch.internal.TorchModule.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Makes the maps of one forward pass. */
final class CamRun {

  private final String model;
  private final CamOptions options;
  private final CamLayer layer;
  private final CamPass pass;
  private final int pictures;
  private final List<String> notices = new ArrayList<>();
  private boolean sloped;

  CamRun(String model, CamOptions options, CamLayer layer, CamPass pass, long pictures) {
    this.model = model;
    this.options = options;
    this.layer = layer;
    this.pass = pass;
    this.pictures = (int) pictures;
  }

  /**
   * All maps.
   *
   * @param start when the work on them began, of {@link System#nanoTime}
   */
  CamResult maps(long start) {
    double[] scores = checked(model, pass, pictures);
    int classes = scores.length / pictures;
    int[][] chosen = choose(scores, classes);
    boolean probability = options.target() == Target.PROBABILITY;
    if (probability && classes == 1) {
      probability = false;
      notices.add("the model has one output, whose probability says nothing: its output is taken");
    }
    float[] activation = pass.activation();
    long forward = System.nanoTime();
    long backward = 0;
    List<List<CamMap>> maps = new ArrayList<>();
    for (int picture = 0; picture < pictures; picture++) {
      maps.add(new ArrayList<>());
    }
    for (int slot = 0; slot < chosen[0].length; slot++) {
      int at = slot;
      int[] wanted = IntStream.range(0, pictures).map(p -> chosen[p][at]).toArray();
      long before = System.nanoTime();
      float[] gradient = gradient(wanted, probability);
      backward += System.nanoTime() - before;
      for (int picture = 0; picture < pictures; picture++) {
        maps.get(picture).add(map(picture, wanted[picture], scores, classes, activation, gradient));
      }
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
    long end = System.nanoTime();
    Timings timings =
        new Timings((forward - start) / 1e6, backward / 1e6, (end - forward - backward) / 1e6);
    return new CamResult(layer, classes, maps, notices, timings);
  }

  /** Scores by picture. */
  static double[][] scores(String model, CamPass pass, int pictures) {
    double[] all = checked(model, pass, pictures);
    int classes = all.length / pictures;
    double[][] scores = new double[pictures][];
    for (int picture = 0; picture < pictures; picture++) {
      scores[picture] = Arrays.copyOfRange(all, picture * classes, (picture + 1) * classes);
    }
    return scores;
  }

  private static double[] checked(String model, CamPass pass, int pictures) {
    Output output = pass.scores();
    long[] shape = output.shape();
    boolean scores =
        output.problem().isEmpty()
            && (shape.length == 2 || shape.length == 1)
            && shape[0] == pictures
            && output.values().length >= pictures;
    if (!scores) {
      String got =
          output.problem().isEmpty() ? "one of shape " + Arrays.toString(shape) : output.problem();
      throw new QuicklimeException(
          "model %s must return one tensor of floating-point scores, [%d, classes], got %s"
              .formatted(model, pictures, got));
    }
    double[] values = new double[output.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = output.values()[i];
      if (!Double.isFinite(values[i])) {
        throw new QuicklimeException(
            "model %s must return finite scores, got %s for class %d of picture %d"
                .formatted(
                    model,
                    values[i],
                    i % (values.length / pictures),
                    i / (values.length / pictures)));
      }
    }
    return values;
  }

  private int[][] choose(double[] scores, int classes) {
    int[][] chosen = new int[pictures][];
    for (int index : options.classes()) {
      if (index >= classes) {
        throw new IllegalArgumentException(
            "classes must be between 0 and %d for this model, got %d"
                .formatted(classes - 1, index));
      }
    }
    for (int picture = 0; picture < pictures; picture++) {
      int first = picture * classes;
      chosen[picture] =
          options.classes().isEmpty()
              ? IntStream.range(0, classes)
                  .boxed()
                  .sorted(Comparator.comparingDouble(c -> -scores[first + c]))
                  .limit(options.top())
                  .mapToInt(Integer::intValue)
                  .toArray()
              : options.classes().stream().mapToInt(Integer::intValue).toArray();
    }
    return chosen;
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
    return new CamMap(
        index,
        scores[picture * classes + index],
        Target.PROBABILITY.of(scores, picture * classes, classes, index),
        layer,
        weights.map(activation, offset, alphas.alphas()),
        alphas.alphas(),
        found);
  }
}
