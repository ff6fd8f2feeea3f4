package dev.quicklime;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.util.Objects.requireNonNull;

import dev.quicklime.bench.Announcement;
import dev.quicklime.bench.Libtorch;
import dev.quicklime.bench.RandomResNet;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.ReadLimits;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.segment.Slic;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A whole explanation of a picture in memory; beside it, nothing but the classifier's calls that it
 * is made of. The difference is what the engine itself takes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ExplainBenchmark {

  private static final int BATCH = 16;

  /** What is explained. */
  public enum Model {
    /** A function that looks at a few pixels of 224×224: what remains is the engine. */
    LAMBDA,
    /** The bundled network. */
    BUNDLED,
    /** A ResNet-50 with random weights; minutes, so that only JMH's own {@code -p} chooses it. */
    RESNET50
  }

  /** What is explained. */
  @Param({"LAMBDA", "BUNDLED"})
  public Model model = Model.LAMBDA;

  /** Perturbed samples drawn besides the original. */
  @Param({"1000"})
  public int samples;

  /** Superpixels asked for. */
  @Param({"100"})
  public int segments;

  private @Nullable Explainer explainer;
  private @Nullable Image picture;
  private @Nullable Batch batch;
  private ExplainOptions options = ExplainOptions.defaults();

  /** Reads the first bundled picture and opens the classifier. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement, Libtorch libtorch) {
    picture = ImageFiles.read(Bundled.pictures().getFirst(), ReadLimits.defaults());
    Explainer opened =
        switch (model) {
          case LAMBDA ->
              Explainer.of(
                  Classifier.of(
                      "lambda",
                      Preprocessing.imageNet().withSize(224, 224),
                      BATCH,
                      ExplainBenchmark::dots),
                  Labels.of(List.of("even", "odd")));
          case BUNDLED -> Explainer.open(Bundled.model());
          case RESNET50 -> Explainer.open(RandomResNet.file());
        };
    options =
        ExplainOptions.defaults()
            .withSamples(samples)
            .withSegmenter(Slic.defaults().withSegments(segments))
            .withTarget(model == Model.LAMBDA ? Target.LOGIT : Target.PROBABILITY);
    // Number format and batch are settled by the first explanation.
    opened.explain(picture, options.withSamples(1), Progress.none());
    Batch filled = ((PipelinedClassifier) opened.classifier()).newBatch();
    long floats = filled.pixels().byteSize() / Float.BYTES;
    for (long i = 0; i < floats; i++) {
      filled.pixels().setAtIndex(JAVA_FLOAT, i, (float) Math.sin(i / 97.0));
    }
    batch = filled;
    explainer = opened;
  }

  /** Linear in the pixels, so that a surrogate can tell all of it. */
  private static double[] dots(float[] pixels) {
    double sum = 0;
    for (int i = 0; i < pixels.length; i += 211) {
      sum += pixels[i];
    }
    return new double[] {sum, -sum};
  }

  /** The whole explanation. */
  @Benchmark
  public Explanation explain() {
    return requireNonNull(explainer).explain(requireNonNull(picture), options, Progress.none());
  }

  /** The yardstick: as many calls of the classifier. */
  @Benchmark
  public void forwards(Blackhole blackhole) {
    Classifier classifier = requireNonNull(explainer).classifier();
    int left = samples + 1;
    while (left > 0) {
      int rows = Math.min(left, classifier.batchSize());
      blackhole.consume(classifier.score(requireNonNull(batch), rows));
      left -= rows;
    }
  }

  /** Frees the classifier. */
  @TearDown(Level.Trial)
  public void free() {
    requireNonNull(batch).close();
    requireNonNull(explainer).close();
  }
}
