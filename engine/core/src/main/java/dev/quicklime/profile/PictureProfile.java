package dev.quicklime.profile;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.PictureScorer;
import dev.quicklime.QuicklimeException;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.FixedSize;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.fidelity.Deviation;
import dev.quicklime.fidelity.HeldOut;
import dev.quicklime.fidelity.Removal;
import dev.quicklime.fidelity.StopRule;
import dev.quicklime.image.Image;
import dev.quicklime.internal.scoring.Rounds;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.surrogate.DesignFits;
import dev.quicklime.surrogate.FitInput;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Surrogate;
import dev.quicklime.surrogate.SurrogateFitter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * Samples against fidelity for one picture: how far fits from few samples are from a converged one,
 * and how well they tell what they have not seen, for designs, numbers of samples and targets.
 * Forward passes are shared: all targets, all numbers of samples whose rows are the first of more,
 * and all designs of equal rows take their scores from one pass. For one thread.
 */
public final class PictureProfile implements AutoCloseable {

  /** Seeds of the references and of the held-out samples, which no profiled seed should be. */
  private static final long FIRST_HALF = 0x1EE7_0001_5EED_0001L;

  private static final long SECOND_HALF = 0x1EE7_0002_5EED_0002L;
  private static final long HELD_OUT = 0x1EE7_0003_5EED_0003L;

  private final ProfileOptions options;
  private final PictureScorer scorer;
  private final List<ScoredClass> classes;
  private final List<Integer> indices;
  private final int superpixels;
  private final int batch;
  private final boolean oneOutput;
  private final List<HeldOut> heldOut = new ArrayList<>();
  private final Map<Design, List<Reference>> references = new HashMap<>();

  /** What a reference is about, and how far its halves are apart. */
  private record Reference(List<LinearFit> fits, double uncertainty) {}

  /** Scores of some masks, one array for each target. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Scored(MaskMatrix masks, double[][] scores, double seconds) {}

  private PictureProfile(
      ProfileOptions options, PictureScorer scorer, int batch, Explanation look) {
    this.options = options;
    this.scorer = scorer;
    this.batch = batch;
    this.classes = look.classes().stream().map(ClassExplanation::scored).toList();
    this.indices = classes.stream().map(ScoredClass::index).toList();
    this.superpixels = look.segments().count();
    this.oneOutput = look.outputs() == 1;
  }

  /**
   * Finds a picture's superpixels and classes, and scores what all its fits are compared with.
   *
   * @param progress hears of pictures scored, of {@link #preparation} in all
   * @throws InvalidInputException if picture or options do not fit the model
   * @throws QuicklimeException if the model fails
   * @throws CancellationException if the thread is interrupted
   */
  public static PictureProfile begin(
      Explainer explainer, Image picture, ProfileOptions options, Progress progress) {
    Objects.requireNonNull(explainer, "explainer");
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(progress, "progress");
    Explanation look =
        explainer.explain(
            picture,
            options
                .explain()
                .withDesign(Bernoulli.defaults())
                .withSamples(1)
                .withStop(0)
                .withTarget(options.targets().getFirst()),
            Progress.none());
    PictureScorer scorer = explainer.scorer(look.perturbation());
    try {
      PictureProfile profile =
          new PictureProfile(options, scorer, explainer.classifier().batchSize(), look);
      profile.prepare(progress);
      return profile;
    } catch (RuntimeException | Error e) {
      scorer.close();
      throw e;
    }
  }

  /** How many pictures are scored before the first fit, about. */
  public static long preparation(ProfileOptions options) {
    Objects.requireNonNull(options, "options");
    long laws = options.designs().stream().map(PictureProfile::law).distinct().count();
    return laws * options.reference() + options.heldOut();
  }

  /**
   * How many pictures are scored for each seed, about.
   *
   * @param superpixels about how many there will be
   * @param curves whether deletion and insertion are
   */
  public static long forwards(ProfileOptions options, int superpixels, boolean curves) {
    Objects.requireNonNull(options, "options");
    long rows = options.designs().stream().map(PictureProfile::rows).distinct().count();
    long curve =
        2L
            * (superpixels + 1)
            * options.designs().size()
            * options.counts().size()
            * options.targets().size();
    return rows * options.counts().getLast() + (curves ? curve : 0);
  }

  /** The design whose limit for samples without end a design's fits go to. */
  private static Design law(Design design) {
    return design instanceof FixedSize ? design : new FoldedHadamard();
  }

  /** The design whose rows a design's are. */
  private static Design rows(Design design) {
    return design instanceof TwoPhase ? new FoldedHadamard() : design;
  }

  private void prepare(Progress progress) {
    long total = preparation(options);
    long done = 0;
    MaskMatrix unseen =
        MaskSampler.draw(Bernoulli.defaults(), options.heldOut(), superpixels, HELD_OUT);
    double[][] scores = score(unseen, done, total, progress).scores();
    done += options.heldOut();
    double[] weights = options.explain().locality().weights(unseen);
    weights[0] = 0;
    for (double[] target : scores) {
      heldOut.add(new HeldOut(unseen, weights, target, indices.size()));
    }
    for (Design law : options.designs().stream().map(PictureProfile::law).distinct().toList()) {
      List<List<LinearFit>> halves = new ArrayList<>();
      for (long seed : new long[] {FIRST_HALF, SECOND_HALF}) {
        int half = options.reference() / 2;
        Scored scored =
            score(MaskSampler.draw(law, half, superpixels, seed), done, total, progress);
        done += half;
        for (int t = 0; t < scored.scores().length; t++) {
          halves.add(fit(options.explain().surrogate(), law, half, seed, scored, t, half));
        }
      }
      int targets = options.targets().size();
      references.put(
          law,
          IntStream.range(0, targets)
              .mapToObj(t -> reference(halves.get(t), halves.get(targets + t)))
              .toList());
    }
  }

  private static Reference reference(List<LinearFit> first, List<LinearFit> second) {
    List<LinearFit> means = new ArrayList<>();
    double uncertainty = 0;
    for (int c = 0; c < first.size(); c++) {
      LinearFit a = first.get(c);
      LinearFit b = second.get(c);
      List<Double> mean =
          IntStream.range(0, a.coefficients().size())
              .mapToObj(j -> (a.coefficients().get(j) + b.coefficients().get(j)) / 2)
              .toList();
      LinearFit both =
          new LinearFit(
              (a.intercept() + b.intercept()) / 2,
              mean,
              new Intervals.None("the mean of two fits"),
              0,
              a.r2(),
              null,
              List.of());
      means.add(both);
      // The mean of two is off by a quarter of their squared distance, on average.
      Double apart = Deviation.relative(a, both);
      uncertainty = Math.max(uncertainty, apart == null ? 0 : apart);
    }
    return new Reference(means, uncertainty);
  }

  /** The classes that are explained. */
  public List<ScoredClass> classes() {
    return classes;
  }

  /** Number of superpixels, d. */
  public int superpixels() {
    return superpixels;
  }

  /**
   * Estimated squared error of the converged coefficients themselves, relative to their variance,
   * of the class where it is largest.
   */
  public double uncertainty(Design design, Target target) {
    return reference(design, target).uncertainty();
  }

  private Reference reference(Design design, Target target) {
    List<Reference> byTarget = references.get(law(design));
    if (byTarget == null || !options.targets().contains(target)) {
      throw new InvalidInputException(
          "the profile must have been asked for " + design + " and " + target);
    }
    return byTarget.get(options.targets().indexOf(target));
  }

  /**
   * Fits samples of one seed.
   *
   * @param curves whether deletion and insertion are scored, for every fit
   * @param progress hears of pictures scored, of {@link #forwards} in all
   * @return a row for every design, number of samples, target and class; and with a stop rule one
   *     for every design, target and class
   */
  public List<ProfileRow> rows(long seed, boolean curves, Progress progress) {
    long total = forwards(options, superpixels, curves);
    long done = 0;
    List<ProfileRow> found = new ArrayList<>();
    Map<Design, Scored> longest = new HashMap<>();
    for (Design design : options.designs()) {
      int most = options.counts().getLast();
      Scored all = longest.get(rows(design));
      if (all == null) {
        all = score(MaskSampler.draw(design, most, superpixels, seed), done, total, progress);
        longest.put(rows(design), all);
        done += most;
      }
      for (int samples : options.counts()) {
        MaskMatrix drawn = MaskSampler.draw(design, samples, superpixels, seed);
        MaskMatrix first = all.masks().prefix(samples + 1);
        boolean nested = drawn.equals(first);
        // Few rows by themselves would cost the padding of a batch, which prefixes do not.
        double share = all.seconds() * samples / most;
        Scored few =
            nested
                ? new Scored(first, all.scores(), share)
                : new Scored(drawn, score(drawn, done, total, progress).scores(), share);
        for (int t = 0; t < options.targets().size(); t++) {
          long start = System.nanoTime();
          List<LinearFit> fits =
              fit(
                  options.explain().surrogate(),
                  design,
                  nested ? most : samples,
                  seed,
                  few,
                  t,
                  samples);
          double seconds = few.seconds() + (System.nanoTime() - start) / 1e9;
          found.addAll(judge(design, t, samples, 0, seed, fits, seconds, curves));
          if (curves) {
            done += 2L * (superpixels + 1);
            progress.scored(Math.min(done, total), total);
          }
        }
      }
      for (int t = 0; options.stop() > 0 && t < options.targets().size(); t++) {
        found.addAll(stopped(design, t, seed, all));
      }
    }
    return found;
  }

  /** What an explanation with a stop rule would have come to. */
  private List<ProfileRow> stopped(Design design, int target, long seed, Scored all) {
    long start = System.nanoTime();
    StopRule rule = new StopRule(options.stop());
    int rows = all.masks().rows();
    int blockRows = MaskSampler.blockRows(design, rows - 1, superpixels);
    int samples = 0;
    for (int end : Rounds.ends(design, rows, superpixels, batch)) {
      samples = Rounds.samples(end, rows, blockRows);
      List<LinearFit> fits =
          fit(LeastSquares.defaults(), design, rows - 1, seed, all, target, samples);
      if (rule.look(samples, fits)) {
        break;
      }
    }
    List<LinearFit> shown =
        fit(options.explain().surrogate(), design, rows - 1, seed, all, target, samples);
    double seconds = all.seconds() * samples / (rows - 1) + (System.nanoTime() - start) / 1e9;
    return judge(design, target, samples, options.stop(), seed, shown, seconds, false);
  }

  private List<ProfileRow> judge(
      Design design,
      int target,
      int samples,
      double stop,
      long seed,
      List<LinearFit> fits,
      double seconds,
      boolean curves) {
    Target kind = options.targets().get(target);
    Reference reference = reference(design, kind);
    List<ProfileRow> found = new ArrayList<>();
    for (int c = 0; c < fits.size(); c++) {
      LinearFit fit = fits.get(c);
      List<Integer> order = Removal.order(fit);
      int strongest = StopRule.strongest(superpixels);
      found.add(
          new ProfileRow(
              design,
              kind,
              indices.get(c),
              samples,
              stop,
              seed,
              Deviation.relative(fit, reference.fits().get(c)),
              Deviation.coverage(fit, reference.fits().get(c)),
              heldOut.get(target).r2(fit, c),
              fit.r2(),
              curves ? area(Removal.deletion(order), c) : null,
              curves ? area(Removal.insertion(order), c) : null,
              fit.selected().stream().limit(strongest).toList(),
              samples + 1,
              seconds));
    }
    return found;
  }

  private double area(MaskMatrix masks, int position) {
    Target height = oneOutput ? Target.LOGIT : Target.PROBABILITY;
    return Removal.area(
        scorer.score(masks, List.of(indices.get(position)), List.of(height), Progress.none())[0]);
  }

  private Scored score(MaskMatrix masks, long done, long total, Progress progress) {
    long start = System.nanoTime();
    double[][] scores =
        scorer.score(
            masks,
            indices,
            options.targets(),
            (now, all) -> progress.scored(Math.min(done + now, total), total));
    return new Scored(masks, scores, (System.nanoTime() - start) / 1e9);
  }

  /** Fits the first samples of some that were drawn. */
  private List<LinearFit> fit(
      Surrogate surrogate,
      Design design,
      int drawn,
      long seed,
      Scored scored,
      int target,
      int samples) {
    MaskMatrix masks = scored.masks().prefix(samples + 1);
    double[] scores = Arrays.copyOf(scored.scores()[target], (samples + 1) * indices.size());
    double[] weights = options.explain().locality().weights(masks);
    if (!design.fitsOriginal()) {
      weights[0] = 0;
    }
    FitInput input =
        DesignFits.input(
            design,
            drawn,
            options.explain().locality(),
            seed,
            masks,
            weights,
            scores,
            indices.size());
    return SurrogateFitter.fitAll(surrogate, input);
  }

  /** Gives back what was taken from the classifier. */
  @Override
  public void close() {
    scorer.close();
  }
}
