package dev.quicklime.torch.internal.networks;

import static dev.quicklime.torch.internal.TensorSpec.Kind.BUFFER;
import static dev.quicklime.torch.internal.TensorSpec.Kind.COUNTER;
import static dev.quicklime.torch.internal.TensorSpec.Kind.PARAMETER;

import dev.quicklime.torch.architecture.ResNet;
import dev.quicklime.torch.internal.ModuleSpec;
import dev.quicklime.torch.internal.TensorSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The modules of a residual network.
 *
 * @param net its numbers
 * @param learning whether its normalisation takes the batch's own statistics and keeps them
 */
record ResNetModules(ResNet net, boolean learning) {

  private static final int CHANNELS = 3;

  ModuleSpec network(int classes) {
    SequencedMap<String, ModuleSpec> children = new LinkedHashMap<>();
    children.put("conv1", convolution(CHANNELS, net.width(), 7, 2, 1));
    children.put("bn1", normalization(net.width()));
    int in = net.width();
    for (int stage = 0; stage < net.depths().size(); stage++) {
      children.put("layer" + (stage + 1), stage(stage, in));
      in = net.out(stage);
    }
    children.put("fc", linear(in, classes));
    return new ModuleSpec(
        "ResNet",
        """
        def forward(self, x):
            x = torch.relu(self.bn1.forward(self.conv1.forward(x)))
            x = torch.max_pool2d(x, [3, 3], [2, 2], [1, 1])
            x = self.layer1.forward(x)
            x = self.layer2.forward(x)
            x = self.layer3.forward(x)
            x = self.layer4.forward(x)
            x = torch.flatten(torch.adaptive_avg_pool2d(x, [1, 1]), 1)
            return self.fc.forward(x)
        """,
        List.of(),
        children);
  }

  private ModuleSpec stage(int stage, int in) {
    SequencedMap<String, ModuleSpec> blocks = new LinkedHashMap<>();
    for (int i = 0; i < net.depths().get(stage); i++) {
      blocks.put("" + i, block(stage, i == 0 ? in : net.out(stage), i == 0 && stage > 0 ? 2 : 1));
    }
    return sequence(blocks);
  }

  private ModuleSpec block(int stage, int in, int stride) {
    SequencedMap<String, ModuleSpec> children = new LinkedHashMap<>();
    int out = net.out(stage);
    String last =
        switch (net.block()) {
          case BASIC -> {
            add(children, 1, convolution(in, out, 3, stride, 1), out);
            add(children, 2, convolution(out, out, 3, 1, 1), out);
            yield "";
          }
          case BOTTLENECK -> {
            int inner = net.inner(stage);
            add(children, 1, convolution(in, inner, 1, 1, 1), inner);
            add(children, 2, convolution(inner, inner, 3, stride, net.groups()), inner);
            add(children, 3, convolution(inner, out, 1, 1, 1), out);
            yield "    y = self.bn3.forward(self.conv3.forward(torch.relu(y)))\n";
          }
        };
    String around = "x";
    if (stride > 1 || in != out) {
      SequencedMap<String, ModuleSpec> projection = new LinkedHashMap<>();
      projection.put("0", convolution(in, out, 1, stride, 1));
      projection.put("1", normalization(out));
      children.put("downsample", sequence(projection));
      around = "self.downsample.forward(x)";
    }
    String forward =
        """
        def forward(self, x):
            y = torch.relu(self.bn1.forward(self.conv1.forward(x)))
            y = self.bn2.forward(self.conv2.forward(y))
        """
            + last
            + "    return torch.relu(y + "
            + around
            + ")\n";
    return new ModuleSpec(
        net.block() == ResNet.Block.BASIC ? "BasicBlock" : "Bottleneck",
        forward,
        List.of(),
        children);
  }

  private void add(
      SequencedMap<String, ModuleSpec> children, int number, ModuleSpec convolution, int out) {
    children.put("conv" + number, convolution);
    children.put("bn" + number, normalization(out));
  }

  private static ModuleSpec sequence(SequencedMap<String, ModuleSpec> children) {
    String steps =
        children.keySet().stream()
            .map(name -> "    x = getattr(self, \"%s\").forward(x)\n".formatted(name))
            .collect(Collectors.joining());
    return new ModuleSpec(
        "Sequential", "def forward(self, x):\n" + steps + "    return x\n", List.of(), children);
  }

  private static ModuleSpec convolution(int in, int out, int side, int stride, int groups) {
    return new ModuleSpec(
        "Conv2d",
        """
        def forward(self, x):
            return torch.conv2d(x, self.weight, None, [%1$s, %1$s], [%2$s, %2$s], [1, 1], %3$s)
        """
            .formatted(stride, side / 2, groups),
        List.of(tensor("weight", PARAMETER, out, in / groups, side, side)),
        new LinkedHashMap<>());
  }

  private ModuleSpec normalization(int channels) {
    return new ModuleSpec(
        "BatchNorm2d",
        """
        def forward(self, x):
            return torch.batch_norm(x, self.weight, self.bias, self.running_mean,
                                    self.running_var, %s, 1e-5, True)
        """
            .formatted(learning ? "True, 1.0" : "False, 0.1"),
        List.of(
            tensor("weight", PARAMETER, channels),
            tensor("bias", PARAMETER, channels),
            tensor("running_mean", BUFFER, channels),
            tensor("running_var", BUFFER, channels),
            tensor("num_batches_tracked", COUNTER)),
        new LinkedHashMap<>());
  }

  private static ModuleSpec linear(int in, int out) {
    return new ModuleSpec(
        "Linear",
        """
        def forward(self, x):
            return torch.linear(x, self.weight, self.bias)
        """,
        List.of(tensor("weight", PARAMETER, out, in), tensor("bias", PARAMETER, out)),
        new LinkedHashMap<>());
  }

  private static TensorSpec tensor(String name, TensorSpec.Kind kind, long... shape) {
    return new TensorSpec(name, kind, Arrays.stream(shape).boxed().toList());
  }
}
