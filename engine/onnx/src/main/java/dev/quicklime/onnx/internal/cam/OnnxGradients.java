package dev.quicklime.onnx.internal.cam;

import dev.quicklime.internal.cam.CamGradients;
import dev.quicklime.internal.cam.MapShape;
import dev.quicklime.onnx.internal.cam.Differences.Form;
import dev.quicklime.onnx.internal.cam.Differences.Found;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One pass over a batch. Of a map's gradient its sum over the places is found, and handed out in
 * equal parts: no map depends on more of it. All classes of a picture are found together, as each
 * moved map is run once for all.
 */
public final class OnnxGradients implements CamGradients {

  private final CutModel model;
  private final int pictures;
  private final CutModel.Passed passed;
  private final Set<String> notices = new LinkedHashSet<>();

  /** For each picture the sums of a class's gradient, one of each map. */
  private final List<Map<Integer, double[]>> found = new ArrayList<>();

  /**
   * Runs the pass.
   *
   * @param values of all pictures, channel by channel
   * @param input batch, channels, height, width
   */
  public OnnxGradients(CutModel model, float[] values, long[] input) {
    this.model = model;
    this.pictures = (int) input[0];
    this.passed = model.run(values, input);
  }

  @Override
  public double[] scores() {
    return passed.scores();
  }

  @Override
  public float[] activation() {
    MapShape maps = model.layer().maps();
    int length = maps.channels() * maps.places();
    float[] ordered = new float[pictures * length];
    for (int picture = 0; picture < pictures; picture++) {
      for (int k = 0; k < maps.channels(); k++) {
        for (int place = 0; place < maps.places(); place++) {
          ordered[picture * length + k * maps.places() + place] =
              passed.values()[picture * length + maps.at(k, place)];
        }
      }
    }
    return ordered;
  }

  @Override
  public void expect(List<int[]> classes, boolean probability) {
    int count = passed.scores().length / pictures;
    int length = passed.values().length / pictures;
    found.clear();
    for (int picture = 0; picture < pictures; picture++) {
      int at = picture;
      double[] scores = Arrays.copyOfRange(passed.scores(), picture * count, (picture + 1) * count);
      int[] own = classes.stream().mapToInt(slot -> slot[at]).distinct().toArray();
      List<Form> forms =
          IntStream.of(own)
              .mapToObj(c -> probability ? Form.probability(c, scores) : Form.score(c, count))
              .toList();
      Found slopes =
          model.derivatives(
              Arrays.copyOfRange(passed.values(), picture * length, (picture + 1) * length),
              scores,
              forms);
      notices.addAll(slopes.notices());
      Map<Integer, double[]> sums = new HashMap<>();
      for (int i = 0; i < own.length; i++) {
        sums.put(own[i], slopes.sums()[i]);
      }
      found.add(sums);
    }
  }

  @Override
  public float[] gradient(int[] classes, boolean probability) {
    MapShape maps = model.layer().maps();
    float[] gradient = new float[pictures * maps.channels() * maps.places()];
    int at = 0;
    for (int picture = 0; picture < pictures; picture++) {
      double[] sums = found.get(picture).getOrDefault(classes[picture], new double[0]);
      for (double sum : sums) {
        Arrays.fill(gradient, at, at + maps.places(), (float) (sum / maps.places()));
        at += maps.places();
      }
    }
    return gradient;
  }

  @Override
  public List<String> notices() {
    return List.copyOf(notices);
  }
}
