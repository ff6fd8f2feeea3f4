package dev.quicklime.testkit;

import static dev.quicklime.torch.internal.TensorSpec.Kind.BUFFER;
import static dev.quicklime.torch.internal.TensorSpec.Kind.PARAMETER;

import dev.quicklime.torch.internal.ModuleSpec;
import dev.quicklime.torch.internal.TensorSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** What small networks are made of. */
public final class MiniatureModules {

  private MiniatureModules() {}

  static ModuleSpec network(Miniature kind, int classes) {
    return switch (kind) {
      case VGG -> MiniatureNetworks.vgg(classes);
      case INCEPTION -> MiniatureNetworks.inception(classes);
      case MOBILENET -> MiniatureNetworks.mobileNet(classes);
      case R3D18 -> MiniatureNetworks.video(classes);
      case VIT -> MiniatureTransformer.network(classes);
    };
  }

  /** Modules one after the other, by number. */
  static ModuleSpec sequence(ModuleSpec... modules) {
    SequencedMap<String, ModuleSpec> children = new LinkedHashMap<>();
    for (ModuleSpec module : modules) {
      children.put("" + children.size(), module);
    }
    String steps =
        children.keySet().stream()
            .map(name -> "    x = getattr(self, \"%s\").forward(x)\n".formatted(name))
            .collect(Collectors.joining());
    return new ModuleSpec(
        "Sequential", "def forward(self, x):\n" + steps + "    return x\n", List.of(), children);
  }

  /** A module of others by name, in pairs of name and module. */
  static ModuleSpec module(String type, String forward, Object... namesAndModules) {
    SequencedMap<String, ModuleSpec> children = new LinkedHashMap<>();
    for (int i = 0; i < namesAndModules.length; i += 2) {
      children.put((String) namesAndModules[i], (ModuleSpec) namesAndModules[i + 1]);
    }
    return new ModuleSpec(type, forward, List.of(), children);
  }

  /** A function of one tensor. */
  static ModuleSpec function(String type, String expression) {
    return module(type, "def forward(self, x):\n    return " + expression + "\n");
  }

  static ModuleSpec convolution(int in, int out, int side, int stride, int groups) {
    return new ModuleSpec(
        "Conv2d",
        """
        def forward(self, x):
            return torch.conv2d(x, self.weight, self.bias, [%1$s, %1$s], [%2$s, %2$s], [1, 1], %3$s)
        """
            .formatted(stride, side / 2, groups),
        List.of(parameter("weight", out, in / groups, side, side), parameter("bias", out)),
        new LinkedHashMap<>());
  }

  /** A convolution over frames, rows and columns, of one stride in each. */
  static ModuleSpec convolution3d(int in, int out, List<Integer> sides, List<Integer> strides) {
    List<Integer> padding = sides.stream().map(side -> side / 2).toList();
    return new ModuleSpec(
        "Conv3d",
        """
        def forward(self, x):
            return torch.conv3d(x, self.weight, None, %s, %s)
        """
            .formatted(strides, padding),
        List.of(parameter("weight", out, in, sides.get(0), sides.get(1), sides.get(2))),
        new LinkedHashMap<>());
  }

  static ModuleSpec normalization(int channels) {
    return new ModuleSpec(
        "BatchNorm",
        """
        def forward(self, x):
            return torch.batch_norm(x, self.weight, self.bias, self.running_mean,
                                    self.running_var, False, 0.1, 1e-5, True)
        """,
        List.of(
            parameter("weight", channels),
            parameter("bias", channels),
            tensor("running_mean", BUFFER, channels),
            tensor("running_var", BUFFER, channels)),
        new LinkedHashMap<>());
  }

  static ModuleSpec layerNormalization(int features) {
    return new ModuleSpec(
        "LayerNorm",
        """
        def forward(self, x):
            return torch.layer_norm(x, [%s], self.weight, self.bias, 1e-6)
        """
            .formatted(features),
        List.of(parameter("weight", features), parameter("bias", features)),
        new LinkedHashMap<>());
  }

  static ModuleSpec linear(int in, int out) {
    return new ModuleSpec(
        "Linear",
        """
        def forward(self, x):
            return torch.linear(x, self.weight, self.bias)
        """,
        List.of(parameter("weight", out, in), parameter("bias", out)),
        new LinkedHashMap<>());
  }

  static ModuleSpec dropout() {
    return function("Dropout", "torch.dropout(x, 0.5, False)");
  }

  static TensorSpec parameter(String name, long... shape) {
    return tensor(name, PARAMETER, shape);
  }

  private static TensorSpec tensor(String name, TensorSpec.Kind kind, long... shape) {
    return new TensorSpec(name, kind, Arrays.stream(shape).boxed().toList());
  }
}
