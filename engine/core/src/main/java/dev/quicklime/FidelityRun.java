package dev.quicklime;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.Leverage;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.fidelity.ClassFidelity;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.fidelity.HeldOut;
import dev.quicklime.fidelity.Removal;
import dev.quicklime.fidelity.Stability;
import dev.quicklime.fidelity.StopRule;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.surrogate.DesignFits;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Shapley;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Judges one explanation by further samples of its picture. For one thread and one use. */
final class FidelityRun {

  private static final int FURTHER_SEEDS = 4;
  private static final int LEAST_HELD_OUT = 200;

  /** Samples to judge by must have nothing in common with those of any fit. */
  private static final long HELD_OUT = 0x2545_F491_4F6C_DD1DL;

  private final Explanation explanation;
  private final ExplainOptions options;
  private final PictureScorer scorer;
  private final Progress progress;
  private final List<Integer> classes;
  private final int superpixels;
  private final List<Long> seeds;
  private final Target target;
  private final Target height;
  private long scored;

  FidelityRun(Explanation explanation, PictureScorer scorer, Progress progress) {
    this.explanation = explanation;
    this.options = explanation.provenance().options();
    this.scorer = scorer;
    this.progress = progress;
    this.classes = explanation.samples().classes();
    this.superpixels = explanation.segments().count();
    this.seeds = seeds(options);
    JudgedTarget judged = JudgedTarget.of(explanation);
    this.target = judged.fitted();
    this.height = judged.height();
  }

  private static List<Long> seeds(ExplainOptions options) {
    return options.design() instanceof Exhaustive
        ? List.of()
        : LongStream.rangeClosed(1, FURTHER_SEEDS).mapToObj(i -> options.seed() + i).toList();
  }

  private static int heldOut(ExplainOptions options) {
    return Math.max(LEAST_HELD_OUT, options.samples() / 4);
  }

  /** How many pictures are scored in all. */
  private long forwards() {
    return heldOut(options)
        + (long) seeds.size() * explanation.samples().rows()
        + 2L * classes.size() * (superpixels + 1L);
  }

  Fidelity measure() {
    long start = System.nanoTime();
    HeldOutSamples unseen = heldOut();
    List<List<LinearFit>> runs = runs();
    List<ClassFidelity> judged = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      int position = c;
      judged.add(judge(c, unseen, runs.stream().map(run -> run.get(position)).toList()));
    }
    double milliseconds = (System.nanoTime() - start) / 1e6;
    return new Fidelity(judged, height, heldOut(options), seeds, scored, milliseconds);
  }

  /** Samples that no fit has seen; whether any of them has a weight. */
  private record HeldOutSamples(HeldOut samples, boolean weighted) {}

  private HeldOutSamples heldOut() {
    int rows = heldOut(options);
    boolean shapley = options.surrogate() instanceof Shapley;
    Design design = shapley ? new Leverage() : Bernoulli.defaults();
    MaskMatrix drawn = MaskSampler.draw(design, rows, superpixels, options.seed() ^ HELD_OUT);
    // The original is known to every fit.
    long[] words = new long[rows * drawn.wordsPerRow()];
    drawn.copyWords(1, rows, words);
    MaskMatrix masks = MaskMatrix.ofWords(rows, superpixels, words);
    double[] weights = DesignFits.weights(options.surrogate(), design, options.locality(), masks);
    boolean weighted = DoubleStream.of(weights).sum() > 0;
    if (!weighted) {
      Arrays.fill(weights, 1);
    }
    return new HeldOutSamples(
        new HeldOut(masks, weights, score(masks, classes, target), classes.size()), weighted);
  }

  /** Fits of the explanation's own samples and of as many for each further seed. */
  private List<List<LinearFit>> runs() {
    List<List<LinearFit>> runs = new ArrayList<>();
    runs.add(explanation.classes().stream().map(ClassExplanation::fit).toList());
    List<ScoredClass> explained =
        explanation.classes().stream().map(ClassExplanation::scored).toList();
    for (long seed : seeds) {
      MaskMatrix masks =
          MaskSampler.draw(options.design(), options.samples(), superpixels, seed)
              .prefix(explanation.samples().rows());
      double[] weights = SurrogateStage.weights(masks, options);
      Samples samples = Samples.owning(masks, weights, score(masks, classes, target), classes);
      runs.add(
          SurrogateStage.fit(explained, samples, target, options.withSeed(seed)).stream()
              .map(ClassExplanation::fit)
              .toList());
    }
    return runs;
  }

  private ClassFidelity judge(int position, HeldOutSamples unseen, List<LinearFit> runs) {
    LinearFit fit = explanation.classes().get(position).fit();
    double original = explanation.localTarget(position);
    List<Integer> order = Removal.order(fit);
    List<Integer> alone = List.of(classes.get(position));
    double[] deletion = score(Removal.deletion(order), alone, height);
    double[] insertion = score(Removal.insertion(order), alone, height);
    int strongest = StopRule.strongest(superpixels);
    boolean ranked = runs.stream().anyMatch(run -> !run.selected().isEmpty());
    return new ClassFidelity(
        unseen.weighted() ? unseen.samples().r2(fit, position) : null,
        Math.abs(fit.localPrediction() - original),
        unseen.samples().infidelity(fit, original, position),
        Removal.area(deletion),
        Removal.area(insertion),
        list(deletion),
        list(insertion),
        ranked ? Stability.vsi(runs, strongest) : null,
        ranked ? Stability.csi(runs) : null,
        ranked ? Stability.jaccard(runs, strongest) : null,
        ranked ? Stability.kendall(runs, strongest) : null,
        strongest);
  }

  private double[] score(MaskMatrix masks, List<Integer> wanted, Target of) {
    long before = scored;
    double[] values =
        scorer
            .score(
                masks,
                wanted,
                List.of(of),
                (done, _) -> progress.scored(before + done, forwards()))[0];
    scored = before + masks.rows();
    return values;
  }

  private static List<Double> list(double[] values) {
    return DoubleStream.of(values).boxed().toList();
  }
}
