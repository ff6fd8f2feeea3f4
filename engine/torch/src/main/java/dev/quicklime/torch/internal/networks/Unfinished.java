package dev.quicklime.torch.internal.networks;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.file.HiddenFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * A file that is being written in a hidden folder beside its place, to which it goes once it is
 * whole. It has its own name there, as libtorch writes a file's name into it.
 */
public final class Unfinished implements AutoCloseable {

  private final Path target;
  private final HiddenFolder folder;
  private final Path hidden;

  private Unfinished(Path target, HiddenFolder folder) {
    this.target = target;
    this.folder = folder;
    this.hidden = folder.path().resolve(target.getFileName());
  }

  /** Makes the hidden folder, and those it is in. */
  public static Unfinished of(Path target) throws IOException {
    Objects.requireNonNull(target, "target");
    Path absolute = target.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null || Files.isDirectory(absolute)) {
      throw new InvalidInputException(target + " must be a file, got a folder");
    }
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
    return new Unfinished(absolute, HiddenFolder.in(folder));
  }

  /** The hidden file that is to be written, not there yet. */
  public Path path() {
    return hidden;
  }

  /** Gives the file its name, in the place of an earlier one. */
  public void publish() throws IOException {
    Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Takes away the folder and, unless it is in its place, the file. */
  @Override
  public void close() throws IOException {
    folder.close();
  }
}
