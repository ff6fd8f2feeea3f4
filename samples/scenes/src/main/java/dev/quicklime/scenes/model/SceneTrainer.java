package dev.quicklime.scenes.model;

import dev.quicklime.scenes.Scene;
import dev.quicklime.scenes.SceneGenerator;
import dev.quicklime.scenes.paint.SceneClass;
import dev.quicklime.torch.TorchEnvironment;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Trains the bundled classifier on generated scenes, with Adam and one cycle of the learning rate.
 * Targets are as sure as the visible part of the figure allows, see {@link Occlusion}. Scenes are
 * drawn on the common pool, the rest runs on the calling thread and libtorch's; equal options give
 * equal files up to libtorch's rounding.
 */
public final class SceneTrainer {

  private static final double PEAK_RATE = 3e-3;
  private static final double WARM_UP = 0.15;

  private final TrainingOptions options;
  private final Progress progress;
  private final SplittableRandom random;

  /** Hears of the training. */
  @FunctionalInterface
  public interface Progress {

    /**
     * A part of the work is done.
     *
     * @param stage what is being done
     * @param done how much of it
     * @param total of how much
     * @param loss mean loss of the last steps, NaN where there is none
     */
    void at(String stage, long done, long total, double loss);
  }

  /**
   * How good a trained classifier is.
   *
   * @param firstLoss mean cross-entropy of the first tenth of all steps
   * @param lastLoss mean cross-entropy of the last tenth of all steps
   */
  public record Result(double firstLoss, double lastLoss) {}

  private SceneTrainer(TrainingOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
    this.random = new SplittableRandom(options.seed());
  }

  /**
   * Trains and saves a classifier.
   *
   * @param file receives a TorchScript module whose input is {@link SceneModel#preprocessing}
   * @throws CancellationException if the thread is interrupted
   * @throws FileSystemException if there is no room for the file
   */
  public static Result train(TrainingOptions options, Path file, Progress progress)
      throws FileSystemException {
    return new SceneTrainer(options, progress).run(file);
  }

  private Result run(Path file) throws FileSystemException {
    TorchEnvironment.loadNativeCode();
    torch.set_num_threads(options.threads());
    List<Scene> scenes = render();
    int batches = options.scenes() / options.batch();
    int steps = options.rounds() * Math.max(1, batches);
    double[] losses = new double[steps];
    try (SceneNetwork network = new SceneNetwork(SceneClass.values().length, options.seed());
        PointerScope _ = new PointerScope()) {
      AdamOptions rate = new AdamOptions(PEAK_RATE);
      rate.weight_decay().put(1e-5);
      Adam optimiser = new Adam(network.parameters(), rate);
      int[] order = IntStream.range(0, scenes.size()).toArray();
      for (int step = 0; step < steps; step++) {
        if (Thread.interrupted()) {
          throw new CancellationException("interrupted after " + step + " of " + steps + " steps");
        }
        int first = step % Math.max(1, batches) * options.batch();
        if (first == 0) {
          shuffle(order);
        }
        int last = Math.min(first + options.batch(), order.length);
        optimiser.param_groups().get(0).options().set_lr(rate(step, steps));
        losses[step] = step(network, optimiser, scenes, Arrays.copyOfRange(order, first, last));
        progress.at("training", step + 1L, steps, mean(losses, Math.max(0, step - 49), step + 1));
      }
      network.save(file);
    }
    int tenth = Math.max(1, steps / 10);
    return new Result(mean(losses, 0, tenth), mean(losses, steps - tenth, steps));
  }

  private List<Scene> render() {
    SceneGenerator generator = new SceneGenerator(options.seed(), SceneModel.SIDE, SceneModel.SIDE);
    AtomicInteger done = new AtomicInteger();
    return IntStream.range(0, options.scenes())
        .parallel()
        .mapToObj(
            index -> {
              Scene scene = generator.scene(index);
              synchronized (progress) {
                progress.at("drawing scenes", done.incrementAndGet(), options.scenes(), Double.NaN);
              }
              return scene;
            })
        .toList();
  }

  private static double rate(int step, int steps) {
    double share = (step + 0.5) / steps;
    double height =
        share < WARM_UP
            ? share / WARM_UP
            : 0.5 + 0.5 * Math.cos(Math.PI * (share - WARM_UP) / (1 - WARM_UP));
    return PEAK_RATE * Math.max(1e-3, height);
  }

  private double step(SceneNetwork network, Adam optimiser, List<Scene> scenes, int[] chosen) {
    int classes = SceneClass.values().length;
    int size = SceneModel.SIDE * SceneModel.SIDE;
    float[] pixels = new float[chosen.length * 3 * size];
    float[] targets = new float[chosen.length * classes];
    Occlusion occlusion = new Occlusion(SceneModel.SIDE, random);
    for (int i = 0; i < chosen.length; i++) {
      Scene scene = scenes.get(chosen[i]);
      float[] levels = SceneModel.levels(scene.rgb());
      double sure = occlusion.apply(levels, scene.mask());
      SceneModel.normalise(levels, random.nextInt(8), pixels, i * 3 * size);
      Arrays.fill(targets, i * classes, (i + 1) * classes, (float) ((1 - sure) / classes));
      targets[i * classes + scene.classIndex()] += (float) sure;
    }
    try (PointerScope _ = new PointerScope()) {
      Tensor input = tensor(pixels, chosen.length, 3, SceneModel.SIDE, SceneModel.SIDE);
      Tensor target = tensor(targets, chosen.length, classes);
      optimiser.zero_grad();
      Tensor loss =
          torch
              .log_softmax(network.forward(input, true), 1)
              .mul(target)
              .sum()
              .mul(new Scalar(-1.0 / chosen.length));
      loss.backward();
      optimiser.step();
      return loss.item_float();
    }
  }

  private static Tensor tensor(float[] values, long... shape) {
    return torch.from_blob(new FloatPointer(values), shape);
  }

  private void shuffle(int[] order) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).average().orElse(Double.NaN);
  }
}
