package dev.quicklime.torch.imports;

import dev.quicklime.torch.architecture.Architecture;
import dev.quicklime.torch.weights.TestWeights;
import java.util.List;
import java.util.Map;

/** Weights by a formula, which another program can compute as well. */
public final class MadeUpWeights {

  private MadeUpWeights() {}

  /** A number in [−½, ½) from two others, by the finaliser of splitmix64. */
  public static double draw(long stream, long index) {
    long x = (stream << 32) + index + 0x9e3779b97f4a7c15L;
    x = (x ^ x >>> 30) * 0xbf58476d1ce4e5b9L;
    x = (x ^ x >>> 27) * 0x94d049bb133111ebL;
    x ^= x >>> 31;
    return (x >>> 40) / (double) (1 << 24) - 0.5;
  }

  /** Values of the tensor that is the k-th of its network. */
  static float[] values(int k, String name, List<Long> shape) {
    int elements = Math.toIntExact(shape.stream().reduce(1L, (a, b) -> a * b));
    double fanIn = shape.isEmpty() ? 1 : (double) elements / shape.getFirst();
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      double v = draw(k, i);
      values[i] =
          (float)
              switch (shape.size()) {
                case 4 -> v * Math.sqrt(24 / fanIn);
                case 2 -> v * Math.sqrt(12 / fanIn);
                default -> {
                  if (name.endsWith(".running_var")) {
                    yield 1 + 0.8 * v;
                  }
                  yield name.endsWith(".weight") ? 1 + 0.5 * v : 0.4 * v;
                }
              };
    }
    return values;
  }

  /** All tensors of a network. */
  static TestWeights of(Architecture architecture, int classes, String prefix) {
    TestWeights weights = new TestWeights();
    int k = 0;
    for (Map.Entry<String, List<Long>> tensor :
        ModelImport.tensors(architecture, classes).entrySet()) {
      if (tensor.getKey().endsWith("num_batches_tracked")) {
        weights.bytes(
            prefix + tensor.getKey(), "I64", List.of(), new byte[] {7, 0, 0, 0, 0, 0, 0, 0});
      } else {
        weights.floats(
            prefix + tensor.getKey(),
            tensor.getValue(),
            values(k, tensor.getKey(), tensor.getValue()));
      }
      k++;
    }
    return weights;
  }
}
