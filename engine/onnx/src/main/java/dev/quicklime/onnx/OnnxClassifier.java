package dev.quicklime.onnx;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.files.batches.BatchChoice;
import dev.quicklime.files.batches.FirstPasses;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.PixelType;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Precision;
import dev.quicklime.model.Preview;
import dev.quicklime.onnx.internal.OnnxException;
import dev.quicklime.onnx.internal.OnnxRuntime;
import dev.quicklime.onnx.internal.OnnxSession;
import dev.quicklime.onnx.internal.file.ExternalFiles;
import dev.quicklime.onnx.internal.file.OnnxFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An ONNX file run by ONNX Runtime. It takes one tensor of pictures, in single or half precision or
 * in whole levels, and returns raw scores [batch, classes] as one of its outputs; a tensor [batch]
 * counts as one class, a regression.
 *
 * <p>Every pass has the same shape; the last batch of a run is filled up with zeros, and those
 * rows' scores are dropped. Passes of one classifier take turns, so that several threads may use it
 * at once. The batch is the file's own where that fixes it, else settled by the first pictures, see
 * {@link #settle}, where the options leave it open.
 */
public final class OnnxClassifier implements PipelinedClassifier {

  private final Path file;
  private final ModelOptions options;
  private final PictureInput input;
  private final OnnxSession session;
  private final ClassifierInfo info;
  private final List<String> decisions = new ArrayList<>();
  private final Object settling = new Object();
  private volatile OnnxRun run;
  private boolean settled;

  private OnnxClassifier(
      Path file, ModelOptions options, OnnxFile content, PictureInput input, OnnxSession session) {
    this.file = file;
    this.options = options;
    this.input = input;
    this.session = session;
    this.info =
        new ClassifierInfo(
            String.valueOf(file.getFileName()),
            "ONNX Runtime " + OnnxRuntime.version(),
            content.weights(),
            "cpu",
            content.precision(),
            options.threadsOrDefault());
    this.run = run(input.batch() > 0 ? input.batch() : options.batchOrDefault(false));
    if (options.precision() == Precision.AUTO) {
      decisions.add("precision: %s, in which the file is written".formatted(content.precision()));
    }
    if (input.type() != PixelType.FLOAT32) {
      decisions.add("pixels: " + input.pixels());
    }
    if (input.batch() > 0) {
      decisions.add("batch: %s, which the file fixes".formatted(input.batch()));
    }
  }

  /**
   * Loads a model file.
   *
   * @param card what is known of it
   * @throws InvalidInputException if there is no such file, or if the options contradict it
   * @throws QuicklimeException if it is no ONNX file, if its weights are not there, or if it takes
   *     something else than one input of pictures
   */
  static OnnxClassifier open(Path file, ModelOptions options, ModelCard card) {
    OnnxFile content = OnnxFile.read(file);
    PictureInput input = PictureInput.of(file, content, card.facts().layout());
    OnnxOptions.check(file, options, content, input);
    input.check(file, options.preprocessing());
    OnnxSession session = load(file, content, options.threadsOrDefault());
    try {
      return new OnnxClassifier(file, options, content, input, session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  static OnnxSession load(Path file, OnnxFile content, int threads) {
    Path path = ExternalFiles.pathOf(file, content);
    try {
      return OnnxSession.open(String.valueOf(file.getFileName()), path, threads);
    } catch (OnnxException e) {
      throw new QuicklimeException(
          "model %s cannot be run; ONNX Runtime says: %s".formatted(file, e.getMessage()), e);
    }
  }

  private OnnxRun run(int batch) {
    BatchFormat format = new BatchFormat(options.preprocessing(), input.type(), input.layout());
    return new OnnxRun(info.name(), session, input, format, batch, options.output());
  }

  /**
   * Chooses the batch by measuring some, where neither the file nor the options name it; the
   * fastest is remembered in the options' folder, and what it has scored is handed over. Where the
   * file takes one picture only although it leaves the batch open, it is 1.
   */
  @Override
  public void settle(Preview preview) {
    synchronized (settling) {
      if (settled) {
        return;
      }
      if (options.batch() == 0 && input.batch() == 0) {
        settleBatch(preview);
      }
      settled = true;
    }
  }

  private void settleBatch(Preview preview) {
    OnnxRun before = run;
    Map<Integer, FirstPasses> passes = new HashMap<>();
    int chosen;
    try {
      BatchChoice choice =
          BatchChoice.of(
              BatchChoice.key(file, info(), options),
              options.cache(),
              before.batchSize(),
              batch -> passes.computeIfAbsent(batch, b -> passes(preview, b)));
      decisions.add("batch: " + choice);
      chosen = choice.batch();
    } catch (QuicklimeException e) {
      if (before.batchSize() == 1) {
        throw e;
      }
      chosen = alone(preview, before.batchSize(), e);
    }
    if (chosen != before.batchSize()) {
      run = run(chosen);
      before.close();
    }
    FirstPasses kept = passes.get(chosen);
    if (kept != null) {
      kept.handOver();
    }
  }

  /** A file whose batch is written into its graph may take a picture by itself. */
  private int alone(Preview preview, int batch, QuicklimeException failure) {
    try (FirstPasses trial = passes(preview, 1)) {
      trial.prepare();
      trial.run();
    } catch (QuicklimeException e) {
      failure.addSuppressed(e);
      throw failure;
    }
    decisions.add(
        "batch: 1, as %s pictures at once fail although the file leaves their number open: %s"
            .formatted(batch, failure.getMessage()));
    return 1;
  }

  private FirstPasses passes(Preview preview, int batch) {
    OnnxRun trial = run(batch);
    return new FirstPasses(
        preview, trial.format(), batch, trial.newBatch(), trial::score, trial::close);
  }

  @Override
  public ClassifierInfo info() {
    synchronized (settling) {
      return info.withDecisions(info.precision(), decisions).withOutput(run.output());
    }
  }

  @Override
  public BatchFormat format() {
    return run.format();
  }

  @Override
  public int batchSize() {
    return run.batchSize();
  }

  @Override
  public Batch newBatch() {
    return run.newBatch();
  }

  @Override
  public double[] score(Batch batch, int rows) {
    Objects.requireNonNull(batch, "batch");
    return run.score(batch, rows);
  }

  /** Frees the model and the batches that were given back, once no pass is under way. */
  @Override
  public void close() {
    session.close();
    run.close();
  }
}
