package dev.quicklime.bench;

import dev.quicklime.testkit.RandomModel;
import dev.quicklime.torch.architecture.Architecture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A ResNet-50 that has learnt nothing: as much work as one that has. */
public final class RandomResNet {

  private static final int CLASSES = 1000;

  private RandomResNet() {}

  /** Makes its model file, which is deleted with this JVM. */
  public static Path file() {
    try {
      Path folder = Files.createTempDirectory("quicklime-bench-");
      Path file = folder.resolve("resnet50.pt");
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      RandomModel.save(Architecture.parse("resnet50"), CLASSES, 1, file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
