package dev.quicklime.testkit;

import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.global.torch;

/** TorchScript files of a few lines. */
public final class ScriptModules {

  private ScriptModules() {}

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

  /** Freezes a module, folding what can be folded, and saves that. */
  public static Path freeze(Path file) {
    Path frozen = file.resolveSibling("frozen-" + file.getFileName());
    try (PointerScope _ = new PointerScope()) {
      JitModule module = torch.load(file.toString());
      module.eval();
      torch.freeze(module).save(frozen.toString());
    }
    return frozen;
  }
}
