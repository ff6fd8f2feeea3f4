package dev.quicklime;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.fidelity.Comparison;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.fidelity.Stopping;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.internal.kernel.Kernels;
import dev.quicklime.internal.scoring.FirstRows;
import dev.quicklime.internal.scoring.PictureFeeds;
import dev.quicklime.internal.scoring.SampleFeed;
import dev.quicklime.internal.scoring.ScoringLoop;
import dev.quicklime.internal.scoring.Selection;
import dev.quicklime.model.Backend;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.OpenedModel;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Preview;
import dev.quicklime.perturb.Compositor;
import dev.quicklime.perturb.Perturbation;
import dev.quicklime.run.Progress;
import dev.quicklime.run.Stage;
import dev.quicklime.run.Timings;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.segment.Segmentation;
import dev.quicklime.surrogate.DesignFits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Explains pictures with one classifier. May be used by several threads at once: explanations share
 * the classifier and nothing else, and the same picture, options and seed give the same explanation
 * whatever the batch size, the number of threads or what else runs, up to the classifier's own
 * rounding.
 *
 * <p>An explanation can be cancelled by interrupting its thread, or by {@link Progress#until}; it
 * then ends with a {@link java.util.concurrent.CancellationException} after the batch in flight.
 * Fitting the surrogate, once all samples are scored, is not interrupted.
 */
public final class Explainer implements AutoCloseable {

  /** Samples that a classifier may see before it chooses its number format. */
  private static final int SETTLING = 63;

  private final Classifier classifier;
  private final Labels labels;
  private final AtomicReference<@Nullable Settled> settled = new AtomicReference<>();

  private Explainer(Classifier classifier, Labels labels) {
    this.classifier = classifier;
    this.labels = labels;
  }

  /**
   * Opens a model file with the input and the labels that a card beside it names, by whichever
   * library on the class path runs files of its kind.
   *
   * @throws InvalidInputException if there is no such file, or nothing that runs it
   * @throws QuicklimeException if it is no model
   */
  public static Explainer open(Path model) {
    return open(model, UnaryOperator.identity());
  }

  /**
   * Opens a model file, see {@link #open(Path)}.
   *
   * @param how changes the options that follow from the model's card, for instance {@code o ->
   *     o.withDevice(Device.cpu())}
   * @throws InvalidInputException if there is no such file, nothing that runs it, or if the options
   *     contradict it
   * @throws QuicklimeException if it is no model, or if the device is not there
   */
  public static Explainer open(Path model, UnaryOperator<ModelOptions> how) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(how, "how");
    OpenedModel opened = Backend.of(model).open(model, how);
    return of(opened.classifier(), opened.labels());
  }

  /** Explains with a classifier, which the explainer closes in the end. */
  public static Explainer of(Classifier classifier, Labels labels) {
    Objects.requireNonNull(classifier, "classifier");
    Objects.requireNonNull(labels, "labels");
    return new Explainer(classifier, labels);
  }

  /** What pictures are scored by; the explainer owns it, and closes it. */
  public Classifier classifier() {
    return classifier;
  }

  /** Explains a picture file with default options. */
  public Explanation explain(Path picture) {
    return explain(picture, ExplainOptions.defaults(), Progress.none());
  }

  /**
   * Explains a picture file.
   *
   * @throws InvalidInputException if the file cannot be read as a picture or an option is out of
   *     range
   * @throws QuicklimeException if the model fails or returns something else than finite scores
   */
  public Explanation explain(Path picture, ExplainOptions options, Progress progress) {
    return explain(prepare(picture, options), progress);
  }

  /** Explains a picture, see {@link #explain(Path, ExplainOptions, Progress)}. */
  public Explanation explain(Image picture, ExplainOptions options, Progress progress) {
    return explain(prepare(picture, options), progress);
  }

  /**
   * Does all of an explanation that comes before the model: reads a picture file, brings it to the
   * model's input, finds superpixels and draws masks. The model is not run, so that the next
   * picture can be prepared by one thread while another explains the one before.
   *
   * @throws InvalidInputException if the file cannot be read as a picture or an option is out of
   *     range
   */
  public PreparedPicture prepare(Path picture, ExplainOptions options) {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(options, "options");
    Timings.Clock clock = new Timings.Clock();
    Image image = ImageFiles.read(picture, options.limits());
    clock.stop(Stage.READ);
    return prepare(image, options, clock);
  }

  /** Prepares a picture, see {@link #prepare(Path, ExplainOptions)}. */
  public PreparedPicture prepare(Image picture, ExplainOptions options) {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(options, "options");
    return prepare(picture, options, new Timings.Clock());
  }

  private PreparedPicture prepare(Image picture, ExplainOptions options, Timings.Clock clock) {
    DesignFits.check(options.surrogate(), options.design());
    Preprocessing input = classifier.format().preprocessing();
    Image fitted = input.fit(picture);
    clock.stop(Stage.RESIZE);
    SegmentMap segments = Segmentation.segment(fitted, options.segmenter());
    clock.stop(Stage.SEGMENT);
    MaskMatrix masks =
        MaskSampler.draw(options.design(), options.samples(), segments.count(), options.seed());
    clock.stop(Stage.MASKS);
    Perturbation perturbation = Perturbation.of(fitted, segments, options.fill());
    clock.stop(Stage.COMPOSE);
    return new PreparedPicture(picture, options, input, perturbation, masks, clock.total());
  }

  /**
   * Explains a prepared picture. The explanation is that of {@link #explain(Path, ExplainOptions,
   * Progress)} to the bit, and so are its times, of which those between preparing and explaining
   * are no part.
   *
   * @throws InvalidInputException if the picture was prepared for another input than this model's
   * @throws QuicklimeException if the model fails or returns something else than finite scores
   */
  public Explanation explain(PreparedPicture prepared, Progress progress) {
    Objects.requireNonNull(prepared, "prepared");
    Objects.requireNonNull(progress, "progress");
    Timings.Clock clock = new Timings.Clock(prepared.timings());
    Image picture = prepared.picture();
    ExplainOptions options = prepared.options();
    Preprocessing input = classifier.format().preprocessing();
    if (!input.equals(prepared.input())) {
      throw new InvalidInputException(
          "the picture must be prepared for the model's input, %s, got %s"
              .formatted(input, prepared.input()));
    }
    Perturbation perturbation = prepared.perturbation();
    List<String> notices = new ArrayList<>(perturbation.original().notices());
    MaskMatrix masks = prepared.masks();
    FirstRows first = new FirstRows(perturbation, masks);
    settle(first);
    PictureRun run = run(options, masks.rows(), first);
    first.stop(clock);
    Stopping stopping = null;
    try (Compositor compositor = Compositor.of(perturbation, classifier.format());
        SampleFeed feed =
            first.before(
                PictureFeeds.of(classifier, perturbation, masks.repeating(0), compositor))) {
      clock.stop(Stage.COMPOSE);
      if (options.stops()) {
        stopping = StoppingRun.score(masks, options, feed, run, progress, clock);
        masks = masks.prefix(stopping.last().samples() + 1);
        run.scoreAgain(feed, progress, clock);
      } else {
        run.scoreAll(feed, progress, clock);
      }
    }
    Selection selection = run.selection();
    notices.addAll(classifier.info().notices());
    notices.addAll(run.notices());
    if (stopping != null && !stopping.met()) {
      notices.add(StoppingRun.unmet(stopping));
    }
    double[] weights = SurrogateStage.weights(masks, options, notices);
    Samples samples = Samples.owning(masks, weights, run.values(masks.rows()), selection.indices());
    List<ClassExplanation> classes =
        SurrogateStage.fit(selection.explained(), samples, selection.target(), options);
    clock.stop(Stage.SURROGATE);
    return new Explanation(
        picture,
        input.placement(picture.width(), picture.height()),
        perturbation,
        selection.target(),
        selection.ranking().size(),
        run.shown(),
        classes,
        samples,
        stopping,
        clock.total(),
        provenance(options),
        notices);
  }

  /**
   * Begins to score samples, once the classifier is settled.
   *
   * @param picture what is explained; nothing of it is scored but what is to be shown
   */
  PictureRun run(ExplainOptions options, int rows, Preview picture) {
    double[] original =
        classifier instanceof PipelinedClassifier pipelined
            ? pipelined.scoreInFull(picture).orElse(null)
            : null;
    String precision = classifier.info().precision();
    return new PictureRun(loop(), labels, options, precision, rows, original);
  }

  private ScoringLoop loop() {
    return new ScoringLoop(classifier.info().name(), labels, "sample");
  }

  /**
   * Lets the classifier choose what was left open to it, and holds it to that: explanations of one
   * explainer are made in one number format and batch.
   */
  void settle(Preview preview) {
    if (classifier instanceof PipelinedClassifier pipelined) {
      pipelined.settle(preview);
    }
    Settled now = new Settled(classifier.format(), classifier.batchSize());
    Settled before = settled.compareAndExchange(null, now);
    if (before != null && !before.equals(now)) {
      throw new QuicklimeException(
          "model %s must keep the format that it settled, %s in batches of %s, got %s in batches of %s"
              .formatted(
                  classifier.info().name(),
                  before.format(),
                  before.batch(),
                  now.format(),
                  now.batch()));
    }
  }

  /** What every explanation of this explainer is computed in. */
  private record Settled(BatchFormat format, int batch) {}

  /**
   * Scores any masks of a picture, as of an {@link Explanation#perturbation}. A classifier that
   * chooses its batch and number format does so now, if it did not before.
   *
   * @throws InvalidInputException if the picture has not the size of the model's input
   */
  public PictureScorer scorer(Perturbation perturbation) {
    MaskMatrix whole =
        MaskSampler.draw(Bernoulli.defaults(), SETTLING, perturbation.segments().count(), 0);
    // Not the rows that are going to be scored.
    settle(new FirstRows(perturbation, whole).withoutScores());
    return new PictureScorer(classifier, loop(), perturbation);
  }

  /** Explains pictures with samples that several processes score. */
  public ShardedExplainer shards() {
    return new ShardedExplainer(this);
  }

  /**
   * Judges an explanation that this explainer made, by further samples of its picture: a quarter as
   * many that its fits have not seen, and 200 at least; as many again for each of four further
   * seeds, those that follow its own; and 2(d + 1) for the deletion and insertion curves of each
   * class. Superpixels and fill are the explanation's.
   *
   * @param progress hears of these samples
   * @throws InvalidInputException if the explanation is of another model
   * @throws QuicklimeException if the model fails or returns something else than finite scores
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public Fidelity fidelity(Explanation explanation, Progress progress) {
    try (PictureScorer scorer = scorer(explanation.perturbation())) {
      return new FidelityRun(explanation, scorer, progress).measure();
    }
  }

  /**
   * Sets an explanation that this explainer made beside the maps of another method, Grad-CAM for
   * instance: how far they agree, and whose order of superpixels the model heeds more. Scores 4(d +
   * 1) further samples for each class.
   *
   * @param maps for each explained class, in their order, a finite value for each pixel of the
   *     model's input, row by row
   * @param progress hears of these samples
   * @throws InvalidInputException if the explanation is of another model, or maps do not fit it
   * @throws QuicklimeException if the model fails or returns something else than finite scores
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public Comparison compare(Explanation explanation, List<double[]> maps, Progress progress) {
    if (maps.size() != explanation.classes().size()) {
      throw new InvalidInputException(
          "there must be a map for each of %s classes, got %s"
              .formatted(explanation.classes().size(), maps.size()));
    }
    try (PictureScorer scorer = scorer(explanation.perturbation())) {
      return new ComparisonRun(explanation, scorer, progress).compare(maps);
    }
  }

  Provenance provenance(ExplainOptions options) {
    return new Provenance(
        options,
        classifier.info(),
        classifier.format().preprocessing(),
        classifier.batchSize(),
        Versions.all(),
        Environment.cpu(),
        Kernels.description());
  }

  /** Closes the classifier; no explanation may be under way. */
  @Override
  public void close() {
    classifier.close();
  }
}
