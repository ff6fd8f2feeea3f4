package dev.quicklime.scenes;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.Progress;
import dev.quicklime.image.Placement;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.segment.Segmenter;
import dev.quicklime.surrogate.LinearFit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;

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

  /**
   * What was found.
   *
   * @param scenes how many were explained
   * @param accuracy share of them whose best class is the right one, 0 to 1
   * @param findings of each segmenter, first of its explanations, then of chance
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
   * @param random whether the weights are random, not an explanation's
   * @param inside share of the positive weight on the object, 0 to 1
   * @param area the object's share of the picture, 0 to 1
   * @param pointing share of the scenes whose strongest superpixel points at the object, 0 to 1
   * @param iou of the object and the strongest superpixels, 0 to 1
   */
  public record Finding(
      Segmenter segmenter,
      boolean random,
      double inside,
      double area,
      double pointing,
      double iou) {

    /** How much denser the weight is on the object than an even spread would have it. */
    public double ratio() {
      return inside / area;
    }

    private static Finding of(
        Segmenter segmenter, boolean random, List<SceneEvaluation> evaluations) {
      return new Finding(
          segmenter,
          random,
          evaluations.stream().mapToDouble(SceneEvaluation::inside).average().orElse(0),
          evaluations.stream().mapToDouble(SceneEvaluation::area).average().orElse(0),
          evaluations.stream().mapToDouble(e -> e.hit() ? 1 : 0).average().orElse(0),
          evaluations.stream().mapToDouble(SceneEvaluation::iou).average().orElse(0));
    }
  }

  private SceneStudy(
      Explainer explainer,
      SceneGenerator generator,
      ExplainOptions options,
      List<Segmenter> segmenters) {
    this.explainer = explainer;
    this.generator = generator;
    this.options = options;
    this.segmenters = segmenters;
  }

  /**
   * Explains the first scenes of a sequence, on the calling thread.
   *
   * @param options of the explanations; their segmenter is not used
   * @param segmenters what each scene is divided by in turn, at least one
   * @param count scenes, at least 1
   * @param progress hears of explanations done
   * @throws CancellationException if the thread is interrupted
   */
  public static Result run(
      Explainer explainer,
      SceneGenerator generator,
      ExplainOptions options,
      List<Segmenter> segmenters,
      int count,
      Progress progress) {
    if (count < 1 || segmenters.isEmpty()) {
      throw new IllegalArgumentException(
          "a study needs at least one scene and one segmenter, got %d and %d"
              .formatted(count, segmenters.size()));
    }
    return new SceneStudy(explainer, generator, options, List.copyOf(segmenters))
        .run(count, progress);
  }

  private Result run(int count, Progress progress) {
    List<Finding> findings = new ArrayList<>();
    long total = (long) count * segmenters.size();
    long done = 0;
    int right = 0;
    for (Segmenter segmenter : segmenters) {
      List<SceneEvaluation> explained = new ArrayList<>();
      List<SceneEvaluation> random = new ArrayList<>();
      SplittableRandom chance = new SplittableRandom(generator.seed());
      for (int index = 0; index < count; index++) {
        Scene scene = generator.scene(index);
        Explanation explanation =
            explainer.explain(scene.image(), options.withSegmenter(segmenter), Progress.none());
        SegmentMap segments = explanation.segments();
        boolean[] object = object(scene, explanation);
        LinearFit fit = explanation.classes().getFirst().fit();
        explained.add(SceneEvaluation.of(segments, fit.coefficients(), object));
        random.add(SceneEvaluation.of(segments, weights(segments.count(), chance), object));
        right += explanation.scores().getFirst().index() == scene.classIndex() ? 1 : 0;
        progress.scored(++done, total);
      }
      findings.add(Finding.of(segmenter, false, explained));
      findings.add(Finding.of(segmenter, true, random));
    }
    return new Result(count, (double) right / total, findings);
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
