package dev.quicklime.torch.internal;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolType;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.SingletonTypePtr;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;
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

  /**
   * Saves a module with parameters, a buffer, a plain attribute and a buffer of indices, which are
   * whole numbers that bfloat16 has not. All weights are exact in every format.
   *
   * @param format of what is floating-point: {@code Float}, {@code Half}, {@code BFloat16} or
   *     {@code Double}
   * @param frozen whether they are constants of the graph
   */
  public static Path saveInFormat(Path folder, String format, boolean frozen) {
    Path file = folder.resolve(format + (frozen ? "-frozen.pt" : ".pt"));
    try (PointerScope _ = new PointerScope()) {
      JitModule module = inFormat(format);
      module.eval();
      (frozen ? torch.freeze(module) : module).save(file.toString());
    }
    return file;
  }

  /** Saves the sum of a row's numbers, with a weight of 1 for each of two. */
  public static Path saveRows(Path folder, String format) {
    Path file = folder.resolve("rows-" + format + ".pt");
    try (PointerScope _ = new PointerScope()) {
      JitModule module = new JitModule(new QualifiedName("__torch__.Rows" + format));
      Tensor ones = torch.ones(1, 2).to(torch.ScalarType.valueOf(format));
      module.register_parameter("w", ones, false);
      module.define("def forward(self, x):\n    return torch.linear(x, self.w)\n");
      module.save(file.toString());
    }
    return file;
  }

  /**
   * The module of {@link #saveInFormat}, within the caller's scope; {@code again} is the tensor
   * {@code a}.
   */
  static JitModule inFormat(String format) {
    torch.ScalarType type = torch.ScalarType.valueOf(format);
    JitModule module = new JitModule(new QualifiedName("__torch__.Format" + format));
    torch.manual_seed(3);
    Tensor a = eighths(type, 4, 3, 3, 3);
    module.register_parameter("a", a, false);
    module.register_parameter("again", a, false);
    module.register_parameter("w", eighths(type, 5, 4), false);
    module.register_buffer("bias", eighths(type, 4));
    module.register_buffer("order", torch.tensor(257, 259, 301, 601));
    Type.TypePtr tensor = new Type.TypePtr(new SingletonTypePtr(TensorType.get()));
    module.register_attribute("shift", tensor, new IValue(eighths(type, 4)), false, false);
    module.register_attribute(
        "training",
        new Type.TypePtr(new SingletonTypePtr(BoolType.get().get())),
        new IValue(true),
        false,
        false);
    module.define(
        """
        def forward(self, x):
            picked = x[:, 0].flatten(1).index_select(1, self.order.to(torch.long))
            x = torch.relu(torch.conv2d(x, self.a, self.bias, [1, 1], [1, 1]))
            return torch.linear(x.mean([2, 3]) + picked + self.shift, self.w)
        """
            .replace("torch.long", "4"));
    return module;
  }

  private static Tensor eighths(torch.ScalarType type, long... shape) {
    return torch.randint(-8, 9, shape).to(torch.ScalarType.Float).div(new Scalar(8f)).to(type);
  }

  /** The parameter {@code w} of a module, row by row. */
  public static float[] parameter(Path file, String name) {
    try (PointerScope _ = new PointerScope()) {
      return ModelOutput.read(torch.load(file.toString()).attr(name).toTensor()).values();
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
