package dev.quicklime.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that is being written under a hidden name beside its own, which it gets once it is whole.
 */
final class Unfinished implements AutoCloseable {

  private final Path target;
  private final Path hidden;

  private Unfinished(Path target, Path hidden) {
    this.target = target;
    this.hidden = hidden;
  }

  /** Makes the hidden file, and the folders it is in. */
  static Unfinished of(Path target) throws IOException {
    Path absolute = target.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null || Files.isDirectory(absolute)) {
      throw new IllegalArgumentException(target + " must be a file, got a folder");
    }
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
    String mark = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    // Not a temporary file of the JDK's, which nobody but its owner could read.
    return new Unfinished(
        absolute, Files.createFile(folder.resolve("." + absolute.getFileName() + "." + mark)));
  }

  /** Where to write. */
  Path path() {
    return hidden;
  }

  /** Gives the file its name, in the place of an earlier one. */
  void publish() throws IOException {
    Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Takes the file away unless it has its name. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(hidden);
  }
}
