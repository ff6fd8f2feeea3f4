package dev.quicklime.profile;

import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.design.Design;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.image.Image;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * Samples against fidelity for one picture: how far fits from few samples are from a converged one,
 * and how well they tell what they have not seen, for designs, numbers of samples and targets.
 * Forward passes are shared: all targets, all numbers of samples whose rows are the first of more,
 * and all designs of equal rows take their scores from one pass. For one thread.
 */
public final class PictureProfile implements AutoCloseable {

  private final ProfileOptions options;
  private final List<ScoredClass> classes;
  private final SharedPass pass;
  private final SampleFitter fitter;
  private final FitJudge judge;
  private final StopReplay replay;

  private PictureProfile(
      ProfileOptions options,
      List<ScoredClass> classes,
      SharedPass pass,
      SampleFitter fitter,
      FitJudge judge,
      StopReplay replay) {
    this.options = options;
    this.classes = classes;
    this.pass = pass;
    this.fitter = fitter;
    this.judge = judge;
    this.replay = replay;
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
    return begin(
        explainer,
        ProfiledPicture.of(explainer, picture, options),
        options,
        pass -> ReferenceSource.of(pass, new Tally(preparation(options), progress)));
  }

  /**
   * Finds a picture's superpixels and classes, where what all its fits are compared with was scored
   * already. The profile is the same to the bit as if it had been scored here.
   *
   * @param scored of the picture, by the same model and options
   * @throws InvalidInputException if picture or options do not fit the model, or the scores are of
   *     others
   * @throws QuicklimeException if the model fails
   * @throws CancellationException if the thread is interrupted
   */
  public static PictureProfile begin(
      Explainer explainer, Image picture, ProfileOptions options, ReferenceScores scored) {
    Objects.requireNonNull(explainer, "explainer");
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(scored, "scored");
    return begin(
        explainer,
        ProfiledPicture.of(explainer, picture, options),
        options,
        pass -> scored.source(options, pass));
  }

  private static PictureProfile begin(
      Explainer explainer,
      ProfiledPicture picture,
      ProfileOptions options,
      Function<SharedPass, ReferenceSource> source) {
    try {
      SharedPass pass = picture.pass();
      SampleFitter fitter =
          new SampleFitter(options.explain().locality(), picture.classes().size());
      StopReplay replay =
          new StopReplay(
              options.stop(),
              explainer.classifier().batchSize(),
              options.explain().surrogate(),
              fitter);
      return new PictureProfile(
          options,
          picture.classes(),
          pass,
          fitter,
          FitJudge.prepare(options, pass, fitter, picture.height(), source.apply(pass)),
          replay);
    } catch (RuntimeException | Error e) {
      picture.close();
      throw e;
    }
  }

  /** How many pictures are scored before the first fit, about. */
  public static long preparation(ProfileOptions options) {
    Objects.requireNonNull(options, "options");
    long laws = options.designs().stream().map(SharedDesigns::law).distinct().count();
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
    long rows = options.designs().stream().map(SharedDesigns::rows).distinct().count();
    long curve =
        2L
            * (superpixels + 1)
            * options.designs().size()
            * options.counts().size()
            * options.targets().size();
    return rows * options.counts().getLast() + (curves ? curve : 0);
  }

  /** The classes that are explained. */
  public List<ScoredClass> classes() {
    return classes;
  }

  /** Number of superpixels, d. */
  public int superpixels() {
    return pass.superpixels();
  }

  /**
   * Estimated squared error of the converged coefficients themselves, relative to their variance,
   * of the class where it is largest.
   */
  public double uncertainty(Design design, Target target) {
    return judge.references().of(design, target).uncertainty();
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
    Tally tally = new Tally(forwards(options, superpixels(), curves), progress);
    List<ProfileRow> found = new ArrayList<>();
    Map<Design, ScoredMasks> longest = new HashMap<>();
    for (Design design : options.designs()) {
      int most = options.counts().getLast();
      ScoredMasks all = longest.get(SharedDesigns.rows(design));
      if (all == null) {
        all = pass.score(draw(design, most, seed), tally.pass());
        longest.put(SharedDesigns.rows(design), all);
        tally.add(most);
      }
      DrawnSamples drawn = new DrawnSamples(design, seed, all);
      for (int samples : options.counts()) {
        found.addAll(rows(drawn, samples, curves, tally));
      }
      for (int t = 0; options.stop() > 0 && t < options.targets().size(); t++) {
        long start = System.nanoTime();
        SampleFits fitted = replay.fit(drawn, t);
        double seconds = all.seconds(fitted.samples()) + since(start);
        found.addAll(judge.rows(fitted, options.stop(), seconds, false));
      }
    }
    return found;
  }

  /** Fits one number of samples, for every target and class. */
  private List<ProfileRow> rows(DrawnSamples longest, int samples, boolean curves, Tally tally) {
    ScoredMasks all = longest.scored();
    MaskMatrix masks = draw(longest.design(), samples, longest.seed());
    DrawnSamples drawn =
        masks.equals(all.masks().prefix(samples + 1))
            ? longest
            : new DrawnSamples(longest.design(), longest.seed(), pass.score(masks, tally.pass()));
    List<ProfileRow> found = new ArrayList<>();
    for (int t = 0; t < options.targets().size(); t++) {
      long start = System.nanoTime();
      SampleFits fitted = fitter.fit(options.explain().surrogate(), drawn, t, samples);
      // Few rows by themselves would cost the padding of a batch, which prefixes do not.
      double seconds = all.seconds(samples) + since(start);
      found.addAll(judge.rows(fitted, 0, seconds, curves));
      if (curves) {
        tally.add(2L * (superpixels() + 1));
        tally.tell();
      }
    }
    return found;
  }

  private MaskMatrix draw(Design design, int samples, long seed) {
    return MaskSampler.draw(design, samples, superpixels(), seed);
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Gives back what was taken from the classifier. */
  @Override
  public void close() {
    pass.scorer().close();
  }
}
