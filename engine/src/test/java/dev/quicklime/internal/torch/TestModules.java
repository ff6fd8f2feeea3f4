package dev.quicklime.internal.torch;

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

  /** Saves two convolutions with 16 channels, and seven classes. */
  public static Path saveConvolutions(Path folder) {
    Path file = folder.resolve("convolutions.pt");
    try (PointerScope _ = new PointerScope()) {
      JitModule module = new JitModule(new QualifiedName("__torch__.Convolutions"));
      torch.manual_seed(1);
      module.register_parameter("a", torch.randn(16, 3, 3, 3), false);
      module.register_parameter("b", torch.randn(16, 16, 3, 3), false);
      module.register_parameter("c", torch.randn(7, 16), false);
      module.define(
          """
          def forward(self, x):
              x = torch.relu(torch.conv2d(x, self.a, None, [2, 2], [1, 1]))
              x = torch.relu(torch.conv2d(x, self.b, None, [2, 2], [1, 1]))
              return torch.linear(x.mean([2, 3]), self.c)
          """);
      module.save(file.toString());
    }
    return file;
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
