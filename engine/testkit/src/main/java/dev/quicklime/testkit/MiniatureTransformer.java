package dev.quicklime.testkit;

import static dev.quicklime.testkit.MiniatureModules.layerNormalization;
import static dev.quicklime.testkit.MiniatureModules.linear;
import static dev.quicklime.testkit.MiniatureModules.module;
import static dev.quicklime.testkit.MiniatureModules.parameter;
import static dev.quicklime.testkit.MiniatureModules.sequence;

import dev.quicklime.torch.internal.ModuleSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** After Dosovitskiy et al., "An image is worth 16×16 words", ICLR 2021. */
final class MiniatureTransformer {

  private static final int PATCH = 8;
  private static final int TOKENS = 36;
  private static final int FEATURES = 32;
  private static final int HEADS = 4;
  private static final int DEPTH = 3;

  private MiniatureTransformer() {}

  static ModuleSpec network(int classes) {
    SequencedMap<String, ModuleSpec> children = new LinkedHashMap<>();
    children.put(
        "conv_proj",
        new ModuleSpec(
            "Patches",
            """
            def forward(self, x):
                return torch.conv2d(x, self.weight, self.bias, [%1$s, %1$s])
            """
                .formatted(PATCH),
            List.of(parameter("weight", FEATURES, 3, PATCH, PATCH), parameter("bias", FEATURES)),
            new LinkedHashMap<>()));
    children.put(
        "layers",
        sequence(IntStream.range(0, DEPTH).mapToObj(_ -> block()).toArray(ModuleSpec[]::new)));
    children.put("ln", layerNormalization(FEATURES));
    children.put("head", linear(FEATURES, classes));
    return new ModuleSpec(
        "VisionTransformer",
        """
        def forward(self, x):
            x = torch.transpose(torch.flatten(self.conv_proj.forward(x), 2), 1, 2)
            token = self.class_token.expand([x.size(0), -1, -1])
            x = torch.cat([token, x], 1) + self.pos_embedding
            x = self.ln.forward(self.layers.forward(x))
            return self.head.forward(x[:, 0])
        """,
        List.of(
            parameter("class_token", 1, 1, FEATURES),
            parameter("pos_embedding", 1, TOKENS + 1, FEATURES)),
        children);
  }

  private static ModuleSpec block() {
    return module(
        "EncoderBlock",
        """
        def forward(self, x):
            x = x + self.self_attention.forward(self.ln_1.forward(x))
            y = torch.gelu(self.linear_1.forward(self.ln_2.forward(x)))
            return x + self.linear_2.forward(y)
        """,
        "ln_1",
        layerNormalization(FEATURES),
        "self_attention",
        attention(),
        "ln_2",
        layerNormalization(FEATURES),
        "linear_1",
        linear(FEATURES, 2 * FEATURES),
        "linear_2",
        linear(2 * FEATURES, FEATURES));
  }

  private static ModuleSpec attention() {
    return module(
        "Attention",
        """
        def forward(self, x):
            n = x.size(1)
            qkv = self.in_proj.forward(x).view([x.size(0), n, 3, %1$s, %2$s])
            qkv = qkv.permute([2, 0, 3, 1, 4])
            weights = torch.matmul(qkv[0], torch.transpose(qkv[1], 2, 3)) * %3$s
            x = torch.transpose(torch.matmul(torch.softmax(weights, 3), qkv[2]), 1, 2)
            return self.out_proj.forward(x.reshape([x.size(0), n, %4$s]))
        """
            .formatted(HEADS, FEATURES / HEADS, 1 / Math.sqrt(FEATURES / (double) HEADS), FEATURES),
        "in_proj",
        linear(FEATURES, 3 * FEATURES),
        "out_proj",
        linear(FEATURES, FEATURES));
  }
}
