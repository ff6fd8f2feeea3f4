package dev.quicklime.cli.run;

import dev.quicklime.internal.file.HiddenFolder;
import dev.quicklime.internal.file.Leftovers;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A report that is being written. It is in a hidden folder until {@link #publish} gives it its
 * name, so nobody ever sees half of one; closing it before takes the folder away. May be closed by
 * another thread than the one that writes.
 */
public final class Staging implements AutoCloseable {

  /** Files of a report, which a later one replaces whether or not it has them too. */
  private static final Pattern OURS =
      Pattern.compile(
          "report\\.(html|pdf)|(explanation|gradcam|tabular|study)\\.json|(run|cam)\\.npz"
              + "|(original|input|boundaries|samples|scores|losses|similarities|fidelity-curves"
              + "|probabilities)\\.png"
              + "|class-\\d+-(positive|negative|both|heatmap|boundary|weights|gradcam|coefficients"
              + "|strip)\\.png"
              + "|class-\\d+-gradcam\\.mp4|class-\\d+-frames");

  private final HiddenFolder hidden;
  private final Path folder;
  private final Path target;
  private boolean over;

  Staging(HiddenFolder hidden, Path target) {
    this.hidden = hidden;
    this.folder = hidden.path();
    this.target = target;
  }

  /**
   * Puts earlier reports back that a run had moved aside when it was killed, before its own had
   * their names. Where those are in their place, what somebody else had put beside them is kept.
   */
  static void restore(Path root) throws IOException {
    for (Path aside : Leftovers.movedAside(root)) {
      String child = aside.getFileName().toString();
      Path target = root.resolve(child.substring(Leftovers.ASIDE.length()));
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        keepOthers(aside, target);
      } else {
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
      }
      Leftovers.delete(Objects.requireNonNull(aside.getParent()));
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
    if (Files.isSymbolicLink(target)) {
      hidden.close();
      throw new FileAlreadyExistsException(
          target.toString(), null, "it became a link meanwhile and is left alone");
    }
    hidden.release();
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      move();
      return target;
    }
    HiddenFolder aside = HiddenFolder.in(Objects.requireNonNull(folder.getParent()));
    try {
      Path earlier = aside.path().resolve(Leftovers.ASIDE + target.getFileName());
      Files.move(target, earlier, StandardCopyOption.ATOMIC_MOVE);
      try {
        move();
      } catch (IOException e) {
        Files.move(earlier, target, StandardCopyOption.ATOMIC_MOVE);
        throw e;
      }
      keepOthers(earlier, target);
    } catch (IOException e) {
      // What could not be put back or kept is left to the next run.
      aside.leave();
      throw e;
    }
    aside.close();
    return target;
  }

  private void move() throws IOException {
    try {
      Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      hidden.close();
      throw e;
    }
    hidden.over();
  }

  /** What somebody else put beside an earlier report stays beside the new one. */
  private static void keepOthers(Path earlier, Path target) throws IOException {
    try (Stream<Path> files = Files.list(earlier)) {
      for (Path file : files.toList()) {
        Path name = file.getFileName();
        if (!OURS.matcher(name.toString()).matches() && Files.notExists(target.resolve(name))) {
          Files.move(file, target.resolve(name));
        }
      }
    }
  }

  /** Whether the report is out, or was taken away. */
  synchronized boolean isOver() {
    return over;
  }

  /** Takes the folder away, unless the report is out. */
  @Override
  public synchronized void close() throws IOException {
    if (!over) {
      over = true;
      hidden.close();
    }
  }
}
