package dev.quicklime.scenes;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.cam.CamModel;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.fidelity.ClassComparison;
import dev.quicklime.image.Placement;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.segment.Segmenter;
import dev.quicklime.surrogate.LinearFit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Explains generated scenes and looks whether the weights of the best class fall on the object that
 * is there. Random weights on the same superpixels, judged alike, say what chance would give. Equal
 * arguments give equal results.
 */
public final class SceneStudy {

  private final Explainer explainer;
  private final SceneGenerator generator;
  private final ExplainOptions options;
  private final List<Segmenter> segmenters;
  private final @Nullable CamModel gradCam;

  /** What is judged. */
  public enum Method {
    /** The weights of explanations. */
    LIME,
    /** Grad-CAM's maps at the model's input size. */
    GRAD_CAM,
    /** Random weights on the same superpixels. */
    RANDOM
  }

  /**
   * What was found.
   *
   * @param scenes how many were explained
   * @param accuracy share of them whose best class is the right one, 0 to 1
   * @param findings of each segmenter: its explanations, Grad-CAM where it was asked for, chance
   */
  public record Result(int scenes, double accuracy, List<Finding> findings) {

    /** Copies the findings. */
    public Result {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Means over all scenes, see {@link SceneEvaluation}.
   *
   * @param segmenter what the scenes were divided by
   * @param method what is judged
   * @param inside share of the positive weight on the object, 0 to 1
   * @param area the object's share of the picture, 0 to 1
   * @param pointing share of the scenes whose strongest superpixel points at the object, 0 to 1
   * @param iou of the object and the strongest superpixels, 0 to 1
   * @param deletion area under the class's probability as superpixels are filled, from the
   *     strongest on; null where Grad-CAM was not asked for, and for chance
   * @param insertion the same as they are shown
   */
  public record Finding(
      Segmenter segmenter,
      Method method,
      double inside,
      double area,
      double pointing,
      double iou,
      @Nullable Double deletion,
      @Nullable Double insertion) {

    /** How much denser the weight is on the object than an even spread would have it. */
    public double ratio() {
      return inside / area;
    }

    private static Finding of(Segmenter segmenter, Method method, List<Judged> judged) {
      return new Finding(
          segmenter,
          method,
          mean(judged, j -> j.evaluation().inside()),
          mean(judged, j -> j.evaluation().area()),
          mean(judged, j -> j.evaluation().hit() ? 1 : 0),
          mean(judged, j -> j.evaluation().iou()),
          Double.isNaN(judged.getFirst().deletion()) ? null : mean(judged, Judged::deletion),
          Double.isNaN(judged.getFirst().insertion()) ? null : mean(judged, Judged::insertion));
    }

    private static double mean(List<Judged> judged, ToDoubleFunction<Judged> figure) {
      return judged.stream().mapToDouble(figure).average().orElse(0);
    }
  }

  /** One scene; areas are NaN where they were not asked for. */
  private record Judged(SceneEvaluation evaluation, double deletion, double insertion) {}

  private SceneStudy(
      Explainer explainer,
      SceneGenerator generator,
      ExplainOptions options,
      List<Segmenter> segmenters,
      @Nullable CamModel gradCam) {
    this.explainer = explainer;
    this.generator = generator;
    this.options = options;
    this.segmenters = segmenters;
    this.gradCam = gradCam;
  }

  /**
   * Explains the first scenes of a sequence, on the calling thread.
   *
   * @param options of the explanations; their segmenter is not used
   * @param segmenters what each scene is divided by in turn, at least one
   * @param gradCam of the same model, to be judged too, or null
   * @param count scenes, at least 1
   * @param progress hears of explanations done
   * @throws CancellationException if the thread is interrupted
   */
  public static Result run(
      Explainer explainer,
      SceneGenerator generator,
      ExplainOptions options,
      List<Segmenter> segmenters,
      @Nullable CamModel gradCam,
      int count,
      Progress progress) {
    if (count < 1 || segmenters.isEmpty()) {
      throw new InvalidInputException(
          "a study needs at least one scene and one segmenter, got %s and %s"
              .formatted(count, segmenters.size()));
    }
    return new SceneStudy(explainer, generator, options, List.copyOf(segmenters), gradCam)
        .run(count, progress);
  }

  private Result run(int count, Progress progress) {
    List<Finding> findings = new ArrayList<>();
    long total = (long) count * segmenters.size();
    long done = 0;
    int right = 0;
    for (Segmenter segmenter : segmenters) {
      Map<Method, List<Judged>> judged = new EnumMap<>(Method.class);
      SplittableRandom chance = new SplittableRandom(generator.seed());
      for (int index = 0; index < count; index++) {
        Scene scene = generator.scene(index);
        Explanation explanation =
            explainer.explain(scene.image(), options.withSegmenter(segmenter), Progress.none());
        judge(explanation, object(scene, explanation), chance)
            .forEach(
                (method, one) -> judged.computeIfAbsent(method, _ -> new ArrayList<>()).add(one));
        right += explanation.scores().getFirst().index() == scene.classIndex() ? 1 : 0;
        progress.scored(++done, total);
      }
      judged.forEach((method, all) -> findings.add(Finding.of(segmenter, method, all)));
    }
    return new Result(count, (double) right / total, findings);
  }

  private Map<Method, Judged> judge(
      Explanation explanation, boolean[] object, SplittableRandom chance) {
    SegmentMap segments = explanation.segments();
    Map<Method, Judged> judged = new EnumMap<>(Method.class);
    LinearFit fit = explanation.classes().getFirst().fit();
    SceneEvaluation lime = SceneEvaluation.of(segments, fit.coefficients(), object);
    if (gradCam == null) {
      judged.put(Method.LIME, new Judged(lime, Double.NaN, Double.NaN));
    } else {
      SideBySide beside =
          SideBySide.of(explainer, gradCam, explanation, CamOptions.defaults(), Progress.none());
      ClassComparison found = beside.comparison().classes().getFirst();
      judged.put(Method.LIME, new Judged(lime, found.deletion(), found.insertion()));
      double[] map = beside.maps().getFirst().upsampled(0, segments.width(), segments.height());
      judged.put(
          Method.GRAD_CAM,
          new Judged(
              SceneEvaluation.ofMap(map, segments.width(), object),
              found.mapDeletion(),
              found.mapInsertion()));
    }
    SceneEvaluation random =
        SceneEvaluation.of(segments, weights(segments.count(), chance), object);
    judged.put(Method.RANDOM, new Judged(random, Double.NaN, Double.NaN));
    return judged;
  }

  private static List<Double> weights(int count, SplittableRandom chance) {
    List<Double> weights = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      weights.add(chance.nextDouble(-1, 1));
    }
    return weights;
  }

  /** The true mask at the model's input size; each input pixel takes the one under its centre. */
  private static boolean[] object(Scene scene, Explanation explanation) {
    SegmentMap segments = explanation.segments();
    Placement placement = explanation.placement();
    boolean[] object = new boolean[segments.width() * segments.height()];
    for (int y = 0; y < segments.height(); y++) {
      int row = (int) Math.floor((y + 0.5 - placement.offsetY()) / placement.scaleY());
      for (int x = 0; x < segments.width(); x++) {
        int column = (int) Math.floor((x + 0.5 - placement.offsetX()) / placement.scaleX());
        object[y * segments.width() + x] =
            row >= 0
                && row < scene.height()
                && column >= 0
                && column < scene.width()
                && scene.mask()[row * scene.width() + column];
      }
    }
    return object;
  }
}
