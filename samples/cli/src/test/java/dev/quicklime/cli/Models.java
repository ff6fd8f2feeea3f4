package dev.quicklime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.global.torch;

/** TorchScript files of a few lines. */
public final class Models {

  /** Three classes: the means of the three channels. */
  public static final String MEANS = "return x.mean([2, 3])";

  private static final AtomicInteger COUNT = new AtomicInteger();

  private Models() {}

  /**
   * Saves a module for pictures of 32×32, with its card and labels.
   *
   * @param body of {@code forward(self, x)}, one line; {@code self.w} is a matrix [3072, 3]
   */
  public static Path save(Path folder, String body) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("model.pt");
    try (PointerScope _ = new PointerScope()) {
      JitModule module =
          new JitModule(new QualifiedName("__torch__.Cli" + COUNT.incrementAndGet()));
      module.register_parameter("w", torch.ones(3072, 3), false);
      module.define("def forward(self, x):\n    " + body + "\n");
      module.save(file.toString());
    }
    Files.writeString(
        folder.resolve("model.json"),
        """
        {"width": 32, "height": 32, "mean": [0, 0, 0], "std": [1, 1, 1],
         "labels": ["red", "green", "blue"]}
        """);
    return file;
  }
}
