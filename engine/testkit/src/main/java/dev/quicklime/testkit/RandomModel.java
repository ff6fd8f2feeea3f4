package dev.quicklime.testkit;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.torch.architecture.Architecture;
import dev.quicklime.torch.internal.ModuleSpec;
import dev.quicklime.torch.internal.ModuleTensors;
import dev.quicklime.torch.internal.TensorSpec;
import dev.quicklime.torch.internal.TorchException;
import dev.quicklime.torch.internal.networks.Networks;
import dev.quicklime.torch.internal.networks.Unfinished;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Networks that have learnt nothing, to measure and to test with. Weights are drawn after He et
 * al., "Delving deep into rectifiers", ICCV 2015; the statistics of the normalisations are those of
 * made-up pictures of flat patches, so that activations stay of order one at every depth and scores
 * differ from picture to picture.
 */
public final class RandomModel {

  private static final int MAX_CLASSES = 1_000_000;
  private static final int PICTURES = 16;
  private static final int CHANNELS = 3;
  private static final int SIDE = 96;

  private RandomModel() {}

  /**
   * Writes a TorchScript file. The same seed gives the same weights everywhere; statistics are
   * computed, to the processor's own rounding.
   *
   * @param classes number of outputs, 1 to 1,000,000
   * @param file is replaced; the folders it is in are made
   * @throws IOException if the file cannot be made
   * @throws QuicklimeException if libtorch cannot write it
   */
  public static void save(Architecture architecture, int classes, long seed, Path file)
      throws IOException {
    checkClasses(classes);
    try (Unfinished unfinished = Unfinished.of(file)) {
      try (ModuleTensors tensors =
              new ModuleTensors(
                  Networks.inference(architecture, classes),
                  (name, tensor, to) -> fill(name, tensor, to, seed));
          NativeBuffer pictures =
              new NativeBuffer((long) PICTURES * CHANNELS * SIDE * SIDE * Float.BYTES)) {
        paint(pictures.segment(), new SplittableRandom(seed));
        tensors.run(
            Networks.learningStatistics(architecture, classes),
            pictures.segment(),
            new long[] {PICTURES, CHANNELS, SIDE, SIDE});
        tensors.save(Networks.inference(architecture, classes), unfinished.path());
      } catch (TorchException e) {
        throw failed(file, e);
      }
      unfinished.publish();
    }
  }

  /**
   * Writes a small network. The same seed gives the same weights everywhere. Its normalisations'
   * statistics are drawn too.
   *
   * @param classes number of outputs, 1 to 1,000,000
   * @param file is replaced; the folders it is in are made
   * @throws IOException if the file cannot be made
   * @throws QuicklimeException if libtorch cannot write it
   */
  public static void save(Miniature miniature, int classes, long seed, Path file)
      throws IOException {
    checkClasses(classes);
    ModuleSpec network = MiniatureModules.network(miniature, classes);
    try (Unfinished unfinished = Unfinished.of(file)) {
      try (ModuleTensors tensors =
          new ModuleTensors(network, (name, tensor, to) -> draw(name, tensor, to, seed))) {
        tensors.save(network, unfinished.path());
      } catch (TorchException e) {
        throw failed(file, e);
      }
      unfinished.publish();
    }
  }

  /** Small numbers around 0, or around 1 where they multiply or divide; else after He et al. */
  private static void draw(String name, TensorSpec tensor, MemorySegment to, long seed) {
    if (tensor.shape().size() > 1) {
      fill(name, tensor, to, seed);
      return;
    }
    boolean one = name.endsWith("weight") || name.endsWith("running_var");
    SplittableRandom random = new SplittableRandom(seed * 31 + name.hashCode());
    for (long i = 0; i < tensor.elements(); i++) {
      to.setAtIndex(JAVA_FLOAT, i, (float) ((one ? 1 : 0) + random.nextDouble(-0.3, 0.3)));
    }
  }

  private static void checkClasses(int classes) {
    if (classes < 1 || classes > MAX_CLASSES) {
      throw new InvalidInputException(
          "classes must be between 1 and %s, got %s".formatted(MAX_CLASSES, classes));
    }
  }

  private static QuicklimeException failed(Path file, TorchException e) {
    return new QuicklimeException(
        "model %s cannot be made; libtorch says: %s".formatted(file, e.getMessage()), e);
  }

  private static void fill(String name, TensorSpec tensor, MemorySegment to, long seed) {
    if (tensor.kind() == TensorSpec.Kind.COUNTER) {
      to.set(JAVA_LONG, 0, 0);
      return;
    }
    long elements = tensor.elements();
    int dimensions = tensor.shape().size();
    if (dimensions == 1) {
      boolean one = tensor.name().equals("weight") || tensor.name().equals("running_var");
      for (long i = 0; i < elements; i++) {
        to.setAtIndex(JAVA_FLOAT, i, one ? 1 : 0);
      }
      return;
    }
    // Half of a convolution's input is lost to the rectifier before it; the last layer has none.
    double fanIn = (double) elements / tensor.shape().getFirst();
    double deviation = Math.sqrt((dimensions == 2 ? 1 : 2) / fanIn);
    // A generator for each tensor, so that no tensor depends on how many there are before it.
    SplittableRandom random = new SplittableRandom(seed * 31 + name.hashCode());
    for (long i = 0; i < elements; i++) {
      to.setAtIndex(JAVA_FLOAT, i, (float) (deviation * random.nextGaussian()));
    }
  }

  /** Patches of 4 to 32 pixels, each of one random colour. */
  private static void paint(MemorySegment pictures, SplittableRandom random) {
    long at = 0;
    for (int picture = 0; picture < PICTURES; picture++) {
      int patch = 4 << picture % 4;
      for (int channel = 0; channel < CHANNELS; channel++) {
        double[] colours = random.doubles((SIDE / 4) * (SIDE / 4)).toArray();
        for (int y = 0; y < SIDE; y++) {
          for (int x = 0; x < SIDE; x++) {
            double value = colours[y / patch * (SIDE / patch) + x / patch];
            pictures.setAtIndex(JAVA_FLOAT, at++, (float) (4 * value - 2));
          }
        }
      }
    }
  }
}
