package dev.quicklime.cli.run;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/**
 * A report that is being written. It is in a hidden folder until {@link #publish} gives it its
 * name, so nobody ever sees half of one; closing it before takes the folder away. May be closed by
 * another thread than the one that writes.
 */
public final class Staging implements AutoCloseable {

  private static final int DELETE_ATTEMPTS = 5;

  /** Files of a report, which a later one replaces whether or not it has them too. */
  private static final Pattern OURS =
      Pattern.compile(
          "report\\.(html|pdf)|(explanation|gradcam|tabular|study)\\.json|(run|cam)\\.npz"
              + "|(original|input|boundaries|samples|scores|losses|similarities|fidelity-curves"
              + "|probabilities)\\.png"
              + "|class-\\d+-(positive|negative|both|heatmap|boundary|weights|gradcam|coefficients"
              + "|strip)\\.png"
              + "|class-\\d+-gradcam\\.mp4|class-\\d+-frames");

  private final Path folder;
  private final Path target;
  private boolean over;

  Staging(Path folder, Path target) throws IOException {
    this.folder = folder;
    this.target = target;
    // Temporary folders are made for their owner alone; a report is like any other file.
    if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** Where to write. */
  public Path folder() {
    return folder;
  }

  /** Gives the report its name, in the place of an earlier one. */
  public synchronized Path publish() throws IOException {
    if (over) {
      throw new IOException(target + " was given up before it was complete");
    }
    over = true;
    Path earlier = folder.resolveSibling(folder.getFileName() + ".earlier");
    boolean replaced = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    if (replaced) {
      Files.move(target, earlier, StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (replaced) {
        Files.move(earlier, target, StandardCopyOption.ATOMIC_MOVE);
      }
      delete(folder);
      throw e;
    }
    if (replaced) {
      keepOthers(earlier);
      delete(earlier);
    }
    return target;
  }

  /** What somebody else put beside an earlier report stays beside the new one. */
  private void keepOthers(Path earlier) throws IOException {
    try (Stream<Path> files = Files.list(earlier)) {
      for (Path file : files.toList()) {
        Path name = file.getFileName();
        if (!OURS.matcher(name.toString()).matches() && Files.notExists(target.resolve(name))) {
          Files.move(file, target.resolve(name));
        }
      }
    }
  }

  /** Takes the folder away, unless the report is out. */
  @Override
  public synchronized void close() throws IOException {
    if (!over) {
      over = true;
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    for (int attempt = 1; Files.exists(folder); attempt++) {
      if (attempt > DELETE_ATTEMPTS) {
        throw new DirectoryNotEmptyException(folder.toString());
      }
      // The thread that writes may add a file meanwhile, or take one away: then once more.
      try {
        PathUtils.deleteDirectory(folder);
      } catch (NoSuchFileException _) {
        // What else there is goes with the next attempt.
      }
    }
  }
}
