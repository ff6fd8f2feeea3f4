package dev.quicklime.cli.explain;

import dev.quicklime.cli.options.Parse;
import dev.quicklime.cli.options.Settings;
import dev.quicklime.files.FileMark;
import dev.quicklime.files.RunInputs;
import dev.quicklime.scenes.Bundled;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * By what pictures and model of a run are known again. The model's file is read through once, when
 * the first explanation is written; for one thread at a time.
 */
final class InputMarks {

  private final Settings.Chosen chosen;
  private @Nullable FileMark model;

  InputMarks(Settings.Chosen chosen) {
    this.chosen = chosen;
  }

  /** What went into the explanation of a picture, or null where a file is not to be read again. */
  synchronized @Nullable RunInputs of(Path picture) {
    if (!Files.isRegularFile(picture) || !Files.isRegularFile(chosen.model())) {
      return null;
    }
    FileMark known = model == null ? mark(chosen.model()) : model;
    model = known;
    Path labels = chosen.given();
    return new RunInputs(
        mark(picture),
        known,
        labels == null ? null : labels.toString(),
        chosen.contentSeed(),
        chosen.modelOptions().compose(),
        Parse.word(chosen.show()));
  }

  private static FileMark mark(Path file) {
    boolean bundled = Bundled.cache().equals(parentOf(parentOf(file)));
    return FileMark.of(file, bundled);
  }

  private static @Nullable Path parentOf(@Nullable Path file) {
    return file == null ? null : file.getParent();
  }
}
