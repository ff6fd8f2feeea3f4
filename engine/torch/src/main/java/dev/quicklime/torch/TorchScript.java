package dev.quicklime.torch;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.files.batches.BatchChoice;
import dev.quicklime.files.batches.FirstPasses;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Compose;
import dev.quicklime.model.MaskedPicture;
import dev.quicklime.model.MaskedScorer;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Precision;
import dev.quicklime.model.Preview;
import dev.quicklime.torch.internal.BakedBatch;
import dev.quicklime.torch.internal.InputProblem;
import dev.quicklime.torch.internal.ScriptFile;
import dev.quicklime.torch.internal.TorchDevice;
import dev.quicklime.torch.internal.TorchException;
import dev.quicklime.torch.internal.TorchModule;
import dev.quicklime.torch.internal.TorchRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A TorchScript file run by libtorch. Its {@code forward} takes one tensor [batch, channels,
 * height, width] and returns one of raw scores [batch, classes]; a tensor [batch] counts as one
 * class, a regression.
 *
 * <p>Every forward pass has the same shape, as TorchScript optimises for each shape anew; the last
 * batch of a run is filled up with zeros, and those rows' scores are dropped. Forward passes of one
 * classifier are serialised, so that several threads may use it at once. Number format and batch
 * are settled by the first pictures, see {@link #settle}, where the options leave them open. A file
 * that takes one batch alone, as a trace wrote it down, is run with that one.
 */
public final class TorchScript implements PipelinedClassifier {

  private static final String FP32 = "fp32";
  private static final String BF16 = "bf16";

  /** Enough pictures to compare precisions by; in single precision they take a while. */
  private static final int COMPARED = 8;

  /** What is lost at most if their scores do not agree. */
  private static final int MOST_COMPARED = 64;

  private final Path file;
  private final ModelOptions options;
  private final TorchDevice device;
  private final boolean hasBfloat16;
  private final ClassifierInfo info;
  private final List<String> decisions = new ArrayList<>();
  private final Object settling = new Object();
  private final FullScores full;
  private volatile TorchRun run;
  private volatile boolean bfloat16;
  private final List<String> notices = new ArrayList<>();
  private volatile boolean proven;
  private @Nullable ModuleAhead ahead;
  private boolean fixed;
  private boolean settled;

  private TorchScript(
      Path file,
      ModelOptions options,
      TorchDevice device,
      boolean hasBfloat16,
      TorchModule module) {
    this.file = file;
    this.options = options;
    this.device = device;
    this.hasBfloat16 = hasBfloat16;
    this.bfloat16 = options.precision() == Precision.BF16;
    this.info =
        new ClassifierInfo(
            String.valueOf(file.getFileName()),
            "libtorch " + TorchRuntime.version(),
            module.parameters(),
            device.toString(),
            bfloat16 ? BF16 : FP32,
            options.threadsOrDefault());
    this.run = run(module, bfloat16, options.batchOrDefault(device.cuda()));
    this.full =
        new FullScores(
            () -> load(file, options, device, false), (one, rows) -> run(one, false, rows));
    if (module.takesBytes() && !InputProblem.givesBytes(options.preprocessing())) {
      notices.add(InputProblem.BYTES_WANTED);
    }
    if (options.compose() == Compose.DEVICE) {
      decisions.add("composing: on " + device);
    }
    if (options.precision() == Precision.AUTO && hasBfloat16 && !device.cuda()) {
      ahead = new ModuleAhead(() -> load(file, options, device, true));
    }
  }

  /**
   * Loads a model file.
   *
   * @throws InvalidInputException if there is no such file
   * @throws QuicklimeException if it is no TorchScript archive, or if the device is not there
   */
  public static TorchScript open(Path file, ModelOptions options) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(options, "options");
    ScriptFile.check(file);
    TorchRun.checkBatch(options);
    TorchDevice device = TorchDevice.of(options.device());
    return open(file, options, device, device.bfloat16());
  }

  /**
   * Loads a model file.
   *
   * @param hasBfloat16 whether an automatic precision may be bfloat16, which every device computes
   *     in somehow
   */
  static TorchScript open(
      Path file, ModelOptions options, TorchDevice device, boolean hasBfloat16) {
    boolean bfloat16 = options.precision() == Precision.BF16;
    TorchModule module = load(file, options, device, bfloat16);
    return new TorchScript(file, options, device, hasBfloat16, module);
  }

  static TorchModule load(Path file, int threads, TorchDevice device, boolean bfloat16) {
    try {
      return TorchModule.load(file, device, bfloat16, threads);
    } catch (TorchException e) {
      throw ScriptFile.refused(file, e);
    }
  }

  private static TorchModule load(
      Path file, ModelOptions options, TorchDevice device, boolean bfloat16) {
    TorchModule module = load(file, options.threadsOrDefault(), device, bfloat16);
    module.takeFrom(options.output());
    return module;
  }

  private TorchRun run(TorchModule module, boolean inBfloat16, int batch) {
    BatchFormat format =
        new BatchFormat(
            options.preprocessing(),
            inBfloat16 ? PixelType.BFLOAT16 : PixelType.FLOAT32,
            Layout.NHWC);
    return new TorchRun(info.name(), module, device, format, batch);
  }

  /**
   * Chooses the number format by the first pictures, and the batch by measuring some. An automatic
   * precision takes bfloat16 where the processor has it and {@link Precision#AUTO its scores}
   * agree; an automatic batch is the fastest of a few, which is remembered in the options' folder.
   * On a CPU what the chosen run has scored meanwhile is handed over.
   */
  @Override
  public void settle(Preview preview) {
    synchronized (settling) {
      if (settled) {
        return;
      }
      try (FirstPictures pictures = new FirstPictures(preview, device)) {
        if (options.precision() == Precision.AUTO) {
          settlePrecision(preview, pictures);
        }
        if (options.batch() == 0 && !fixed) {
          settleBatch(preview, pictures);
        }
        pictures.handOver(run);
      }
      settled = true;
    }
  }

  private void settlePrecision(Preview preview, FirstPictures pictures) {
    if (!hasBfloat16) {
      decisions.add("precision: fp32, as " + device + " does not compute in bf16 natively");
      return;
    }
    TorchModule bfloat16Module = null;
    try {
      // The module that is there already goes first: the other one takes a while to load.
      int rows = Math.min(COMPARED, run.batchSize());
      double[] expected;
      try {
        expected = pictures.compared(run(run.module(), false, rows));
      } catch (QuicklimeException e) {
        if (options.batch() == 0 ? !fixBatch(preview) : rows == run.batchSize()) {
          throw e;
        }
        rows = run.batchSize();
        expected = pictures.compared(run(run.module(), false, rows));
      }
      ModuleAhead begun = ahead;
      ahead = null;
      bfloat16Module = begun == null ? load(file, options, device, true) : begun.take();
      double[] found = inBfloat16(pictures, bfloat16Module, rows);
      PrecisionCheck check =
          PrecisionCheck.of(expected, Arrays.copyOf(found, expected.length), rows);
      decisions.add(
          "precision: %s, as on %s pictures %s"
              .formatted(check.passed() ? BF16 : FP32, rows, check));
      if (check.passed()) {
        TorchRun single = run;
        bfloat16 = true;
        run = run(bfloat16Module, true, single.batchSize());
        bfloat16Module = null;
        single.close();
        full.take(single.module());
      }
    } catch (QuicklimeException e) {
      // What single precision does not survive either comes up again with the first batch.
      decisions.add("precision: fp32, as in bf16 " + e.getMessage());
    } finally {
      if (bfloat16Module != null) {
        bfloat16Module.close();
      }
    }
  }

  /** Scores of the first pictures; by a whole batch, which counts if bfloat16 is taken. */
  private double[] inBfloat16(FirstPictures pictures, TorchModule module, int rows) {
    int batch = fixed ? run.batchSize() : batchInBfloat16();
    if (batch < rows || batch > MOST_COMPARED || !pictures.has(batch)) {
      return pictures.compared(run(module, true, rows));
    }
    FirstPasses passes = pictures.passes(module, size -> run(module, true, size), batch);
    passes.prepare();
    return passes.score();
  }

  /** The batch that bfloat16 begins with. */
  private int batchInBfloat16() {
    if (options.batch() > 0) {
      return options.batch();
    }
    String key = BatchChoice.key(file, info.withDecisions(BF16, List.of()), options);
    return BatchChoice.remembered(key, options.cache()).orElse(run.batchSize());
  }

  private void settleBatch(Preview preview, FirstPictures pictures) {
    TorchRun before = run;
    BatchChoice choice;
    try {
      choice =
          BatchChoice.of(
              BatchChoice.key(file, info(), options),
              options.cache(),
              before.batchSize(),
              batch ->
                  pictures.passes(
                      before.module(), size -> run(before.module(), bfloat16, size), batch));
    } catch (QuicklimeException e) {
      if (fixBatch(preview)) {
        return;
      }
      throw e;
    }
    decisions.add("batch: " + choice);
    if (choice.batch() != before.batchSize()) {
      run = run(before.module(), bfloat16, choice.batch());
      before.close();
    }
  }

  /** Takes the one batch that the module takes, where there is one. */
  private boolean fixBatch(Preview preview) {
    TorchRun before = run;
    int batch = FixedBatch.find(before, size -> run(before.module(), bfloat16, size), preview);
    if (batch == 0) {
      return false;
    }
    run = run(before.module(), bfloat16, batch);
    before.close();
    fixed = true;
    decisions.add("batch: %s, the only one that the file takes".formatted(batch));
    notices.add(BakedBatch.notice(batch));
    return true;
  }

  @Override
  public ClassifierInfo info() {
    synchronized (settling) {
      List<String> all = new ArrayList<>(decisions);
      List<String> said = new ArrayList<>(run.module().notices());
      said.addAll(notices);
      all.addAll(0, run.module().decisions());
      all.addAll(full.decisions());
      String samples = bfloat16 ? BF16 : FP32;
      return info.withDecisions(samples, all)
          .withOriginalPrecision(scoresInFull() ? FP32 : samples)
          .withNotices(said)
          .withOutput(run.module().taken());
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
    return submit(batch, rows).await();
  }

  @Override
  public PendingScores submit(Batch batch, int rows) {
    TorchRun now = run;
    if (proven) {
      return now.submit(batch, rows);
    }
    PendingScores pending;
    try {
      pending = now.submit(batch, rows);
    } catch (QuicklimeException e) {
      throw explained(e, now, batch, rows);
    }
    return () -> {
      try {
        double[] scores = pending.await();
        proven = true;
        return scores;
      } catch (QuicklimeException e) {
        throw explained(e, now, batch, rows);
      }
    };
  }

  /** Why the first batch failed, as far as that can be found out. */
  private QuicklimeException explained(
      QuicklimeException failure, TorchRun failed, Batch batch, int rows) {
    int takes =
        FixedBatch.find(
            failed,
            size -> run(failed.module(), bfloat16, size),
            FixedBatch.of(batch.pixels(), rows));
    return takes == 0
        ? failure
        : BakedBatch.refused(info.name(), takes, failed.batchSize(), failure);
  }

  /** A GPU copies one batch and scores another while the third is composed. */
  @Override
  public int inFlight() {
    return device.cuda() ? 3 : 1;
  }

  /** Nothing where scores depend on chance or on the rest of a batch, and so on the samples'. */
  @Override
  public Optional<double[]> scoreInFull(Preview picture) {
    TorchRun now = run;
    return scoresInFull() ? full.score(picture, now.batchSize()) : Optional.empty();
  }

  private boolean scoresInFull() {
    return bfloat16 && full.mayBeHad() && !run.module().random();
  }

  @Override
  public Optional<MaskedScorer> masked(MaskedPicture picture) {
    return options.compose() == Compose.DEVICE
        ? Optional.of(run.masked(picture))
        : Optional.empty();
  }

  /** Frees the module and the batches that were given back. */
  @Override
  public void close() {
    synchronized (settling) {
      if (ahead != null) {
        ahead.close();
        ahead = null;
      }
    }
    full.close();
    TorchRun last = run;
    last.module().close();
    last.close();
  }
}
