package dev.quicklime.cli.options;

import dev.quicklime.files.card.LabelFile;
import dev.quicklime.model.Labels;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code --labels} says. */
public final class LabelNames {

  private LabelNames() {}

  /** Names known by the word {@code imagenet}, unless a file is called so, or those of a file. */
  public static Labels of(Path asked) {
    return asked.toString().equals("imagenet") && Files.notExists(asked)
        ? Labels.imageNet()
        : LabelFile.read(asked);
  }
}
