package dev.quicklime.testkit;

import static dev.quicklime.testkit.MiniatureModules.convolution;
import static dev.quicklime.testkit.MiniatureModules.convolution3d;
import static dev.quicklime.testkit.MiniatureModules.dropout;
import static dev.quicklime.testkit.MiniatureModules.function;
import static dev.quicklime.testkit.MiniatureModules.linear;
import static dev.quicklime.testkit.MiniatureModules.module;
import static dev.quicklime.testkit.MiniatureModules.normalization;
import static dev.quicklime.testkit.MiniatureModules.sequence;

import dev.quicklime.torch.internal.ModuleSpec;
import java.util.ArrayList;
import java.util.List;

/** Small convolutional networks. */
final class MiniatureNetworks {

  private static final int CHANNELS = 3;

  private static final String POOLED =
      """
      def forward(self, x):
          x = self.features.forward(x)
          x = torch.flatten(torch.adaptive_avg_pool2d(x, [1, 1]), 1)
          return self.classifier.forward(x)
      """;

  private MiniatureNetworks() {}

  /** After Simonyan and Zisserman, "Very deep convolutional networks", ICLR 2015. */
  static ModuleSpec vgg(int classes) {
    List<ModuleSpec> features = new ArrayList<>();
    int in = CHANNELS;
    for (int out : new int[] {8, 16, 32, 32}) {
      for (int i = 0; i < 2; i++) {
        features.add(convolution(in, out, 3, 1, 1));
        features.add(function("ReLU", "torch.relu_(x)"));
        in = out;
      }
      features.add(function("MaxPool2d", "torch.max_pool2d(x, [2, 2], [2, 2])"));
    }
    return module(
        "VGG",
        """
        def forward(self, x):
            x = torch.flatten(self.avgpool.forward(self.features.forward(x)), 1)
            return self.classifier.forward(x)
        """,
        "features",
        sequence(features.toArray(ModuleSpec[]::new)),
        "avgpool",
        function("AdaptiveAvgPool2d", "torch.adaptive_avg_pool2d(x, [4, 4])"),
        "classifier",
        sequence(
            linear(16 * in, 64),
            function("ReLU", "torch.relu_(x)"),
            dropout(),
            linear(64, classes)));
  }

  /** After Szegedy et al., "Rethinking the Inception architecture", CVPR 2016. */
  static ModuleSpec inception(int classes) {
    return module(
        "Inception",
        POOLED,
        "features",
        sequence(
            unit(CHANNELS, 12, 3, 2),
            unit(12, 16, 3, 1),
            function("MaxPool2d", "torch.max_pool2d(x, [3, 3], [2, 2], [1, 1])"),
            mixed(16, 8),
            function("MaxPool2d", "torch.max_pool2d(x, [3, 3], [2, 2], [1, 1])"),
            mixed(32, 12)),
        "classifier",
        sequence(dropout(), linear(48, classes)));
  }

  /** Four branches of as many channels each. */
  private static ModuleSpec mixed(int in, int out) {
    return module(
        "Mixed",
        """
        def forward(self, x):
            a = self.branch1x1.forward(x)
            b = self.branch3x3.forward(x)
            c = self.branch5x5.forward(x)
            d = self.branch_pool.forward(torch.avg_pool2d(x, [3, 3], [1, 1], [1, 1]))
            return torch.cat([a, b, c, d], 1)
        """,
        "branch1x1",
        unit(in, out, 1, 1),
        "branch3x3",
        sequence(unit(in, out, 1, 1), unit(out, out, 3, 1)),
        "branch5x5",
        sequence(unit(in, out / 2, 1, 1), unit(out / 2, out, 5, 1)),
        "branch_pool",
        unit(in, out, 1, 1));
  }

  private static ModuleSpec unit(int in, int out, int side, int stride) {
    return module(
        "BasicConv2d",
        """
        def forward(self, x):
            return torch.relu_(self.bn.forward(self.conv.forward(x)))
        """,
        "conv",
        convolution(in, out, side, stride, 1),
        "bn",
        normalization(out));
  }

  /** After Howard et al., "Searching for MobileNetV3", ICCV 2019. */
  static ModuleSpec mobileNet(int classes) {
    String swish = "torch.hardswish(x)";
    return module(
        "MobileNet",
        POOLED,
        "features",
        sequence(
            activated(CHANNELS, 8, 3, 2, 1, swish),
            inverted(8, 16, 8, 1, false),
            inverted(8, 24, 16, 2, true),
            inverted(16, 48, 16, 1, true),
            inverted(16, 48, 24, 2, true),
            activated(24, 64, 1, 1, 1, swish)),
        "classifier",
        sequence(linear(64, 48), function("Hardswish", swish), dropout(), linear(48, classes)));
  }

  private static ModuleSpec activated(
      int in, int out, int side, int stride, int groups, String activation) {
    return sequence(
        convolution(in, out, side, stride, groups),
        normalization(out),
        function("Activation", activation));
  }

  /** Expanded, convolved channel by channel, squeezed again; added to its input where it fits. */
  private static ModuleSpec inverted(int in, int inner, int out, int stride, boolean excited) {
    String activation = excited ? "torch.hardswish_(x)" : "torch.hardtanh_(x, 0.0, 6.0)";
    List<ModuleSpec> steps = new ArrayList<>();
    steps.add(activated(in, inner, 1, 1, 1, activation));
    steps.add(activated(inner, inner, 3, stride, inner, activation));
    if (excited) {
      steps.add(
          module(
              "SqueezeExcitation",
              """
              def forward(self, x):
                  s = torch.adaptive_avg_pool2d(x, [1, 1])
                  s = self.fc2.forward(torch.relu(self.fc1.forward(s)))
                  return torch.hardsigmoid(s) * x
              """,
              "fc1",
              convolution(inner, inner / 4, 1, 1, 1),
              "fc2",
              convolution(inner / 4, inner, 1, 1, 1)));
    }
    steps.add(convolution(inner, out, 1, 1, 1));
    steps.add(normalization(out));
    String result =
        stride == 1 && in == out ? "x + self.block.forward(x)" : "self.block.forward(x)";
    return module(
        "InvertedResidual",
        "def forward(self, x):\n    return " + result + "\n",
        "block",
        sequence(steps.toArray(ModuleSpec[]::new)));
  }

  /** After Tran et al., "A closer look at spatiotemporal convolutions", CVPR 2018: R3D-18. */
  static ModuleSpec video(int classes) {
    int[] widths = {8, 12, 16, 24};
    List<Object> parts = new ArrayList<>();
    parts.add("stem");
    parts.add(
        sequence(
            convolution3d(CHANNELS, widths[0], List.of(3, 7, 7), List.of(1, 2, 2)),
            normalization(widths[0]),
            function("ReLU", "torch.relu_(x)")));
    int in = widths[0];
    for (int stage = 0; stage < widths.length; stage++) {
      int out = widths[stage];
      parts.add("layer" + (stage + 1));
      parts.add(sequence(block3d(in, out, stage > 0 ? 2 : 1), block3d(out, out, 1)));
      in = out;
    }
    parts.add("fc");
    parts.add(linear(in, classes));
    return module(
        "VideoResNet",
        """
        def forward(self, x):
            x = self.layer2.forward(self.layer1.forward(self.stem.forward(x)))
            x = self.layer4.forward(self.layer3.forward(x))
            x = torch.flatten(torch.adaptive_avg_pool3d(x, [1, 1, 1]), 1)
            return self.fc.forward(x)
        """,
        parts.toArray());
  }

  private static ModuleSpec block3d(int in, int out, int stride) {
    List<Integer> sides = List.of(3, 3, 3);
    List<Integer> strides = List.of(stride, stride, stride);
    List<Object> parts = new ArrayList<>();
    parts.add("conv1");
    parts.add(
        sequence(
            convolution3d(in, out, sides, strides),
            normalization(out),
            function("ReLU", "torch.relu_(x)")));
    parts.add("conv2");
    parts.add(sequence(convolution3d(out, out, sides, List.of(1, 1, 1)), normalization(out)));
    boolean projected = stride > 1 || in != out;
    if (projected) {
      parts.add("downsample");
      parts.add(sequence(convolution3d(in, out, List.of(1, 1, 1), strides), normalization(out)));
    }
    return module(
        "BasicBlock",
        """
        def forward(self, x):
            y = self.conv2.forward(self.conv1.forward(x))
            y += %s
            return torch.relu_(y)
        """
            .formatted(projected ? "self.downsample.forward(x)" : "x"),
        parts.toArray());
  }
}
