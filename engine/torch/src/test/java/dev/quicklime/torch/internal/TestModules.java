package dev.quicklime.torch.internal;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.global.torch;

/** TorchScript files of a few lines, for tests. */
public final class TestModules {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestModules() {}

  /** Saves a module whose {@code forward(self, x)} has a body of one line. */
  public static Path save(Path folder, String body) {
    return save(folder, body, new long[0]);
  }

  /** Saves a module with one parameter of a shape. */
  public static Path saveWithParameter(Path folder, long... shape) {
    return save(folder, "return x.sum([1, 2, 3]) * self.weight.sum()", shape);
  }

  /**
   * Saves a convolution of three channels into as many maps, rectified, and whatever follows.
   *
   * @param head rest of {@code forward(self, x)}: x are the maps, {@code self.w} is a matrix
   * @param w shape of that matrix
   */
  public static Path saveMaps(Path folder, int maps, String head, long... w) {
    int number = COUNT.incrementAndGet();
    Path file = folder.resolve("maps-" + number + ".pt");
    try (PointerScope _ = new PointerScope()) {
      JitModule module = new JitModule(new QualifiedName("__torch__.Maps" + number));
      torch.manual_seed(number);
      module.register_parameter("a", torch.randn(maps, 3, 3, 3), false);
      module.register_parameter("w", torch.randn(w), false);
      module.define(
          "def forward(self, x):\n    x = torch.conv2d(x, self.a, None, [1, 1], [1, 1])\n    "
              + head.replace("\n", "\n    ")
              + "\n");
      module.save(file.toString());
    }
    return file;
  }

  /** The parameter {@code w} of a module, row by row. */
  public static float[] parameter(Path file, String name) {
    try (PointerScope _ = new PointerScope()) {
      return TorchModule.read(torch.load(file.toString()).attr(name).toTensor()).values();
    }
  }

  private static Path save(Path folder, String body, long[] shape) {
    int number = COUNT.incrementAndGet();
    Path file = folder.resolve("module-" + number + ".pt");
    try (PointerScope _ = new PointerScope()) {
      JitModule module = new JitModule(new QualifiedName("__torch__.Test" + number));
      if (shape.length > 0) {
        module.register_parameter("weight", torch.ones(shape), false);
      }
      module.define("def forward(self, x):\n    " + body + "\n");
      module.save(file.toString());
    }
    return file;
  }
}
