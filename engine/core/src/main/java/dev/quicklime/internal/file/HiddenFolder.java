package dev.quicklime.internal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder in which files are written that are to appear elsewhere once they are whole. It is
 * locked as long as its process lives, so that what a killed one has left can be told from what is
 * in use; whoever makes one takes such leftovers away. Folder and files have the modes that the
 * process gives to files. May be closed by another thread than the one that writes.
 */
public final class HiddenFolder implements AutoCloseable {

  /** What names begin with in folders of users. */
  public static final String PREFIX = ".quicklime-";

  static final String LOCK = ".lock";

  /** What has not been touched for so long, and is not locked, nobody waits for. */
  private static final Duration OLD = Duration.ofHours(1);

  /** Those of this process: a second descriptor of a lock's file would give the lock away. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private @Nullable FileChannel channel;

  private HiddenFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes a folder in one that is there, and takes old ones away.
   *
   * @throws IOException if it cannot be made
   */
  public static HiddenFolder in(Path parent) throws IOException {
    return in(parent, PREFIX);
  }

  /** The same with another beginning of its name. */
  public static HiddenFolder in(Path parent, String prefix) throws IOException {
    Leftovers.sweep(parent, prefix, OLD);
    while (true) {
      String mark = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
      Path path = parent.toAbsolutePath().resolve(prefix + mark);
      OWN.add(path);
      try {
        // Not a temporary folder of the JDK's, whose files nobody but their owner could read.
        HiddenFolder folder = new HiddenFolder(Files.createDirectory(path));
        folder.lock();
        return folder;
      } catch (java.nio.file.FileAlreadyExistsException e) {
        OWN.remove(path);
      } catch (IOException e) {
        OWN.remove(path);
        throw e;
      }
    }
  }

  static boolean isOwn(Path folder) {
    return OWN.contains(folder.toAbsolutePath());
  }

  private void lock() {
    try {
      FileChannel opened =
          FileChannel.open(
              path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      channel = opened;
      @Nullable FileLock _ = opened.tryLock();
    } catch (IOException e) {
      // Where nothing can be locked, its age alone tells that it was left.
      release();
    }
  }

  /** Where to write. */
  public Path path() {
    return path;
  }

  /** Unlocks it and takes the lock's file away, so that the folder can be given another name. */
  public synchronized void release() {
    try {
      FileChannel opened = channel;
      channel = null;
      if (opened != null) {
        Files.deleteIfExists(path.resolve(LOCK));
        opened.close();
      }
    } catch (IOException e) {
      // A file more in a folder is no reason to fail.
      channel = null;
    }
  }

  /**
   * Gives the files that were written their places in another folder, each in one step and in the
   * place of an earlier one.
   */
  public void publishInto(Path target) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(path)) {
      files = all.filter(file -> !file.endsWith(LOCK)).sorted().toList();
    }
    for (Path file : files) {
      Files.move(
          file,
          target.resolve(file.getFileName()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Unlocks it and leaves it as a killed process would, to whoever comes next. */
  public synchronized void leave() {
    FileChannel opened = channel;
    channel = null;
    OWN.remove(path);
    try {
      if (opened != null) {
        opened.close();
      }
    } catch (IOException e) {
      // The lock ends with the process at the latest.
      channel = null;
    }
  }

  /** Says that the folder has another name now, or is gone. */
  public void over() {
    release();
    OWN.remove(path);
  }

  /**
   * Takes the folder away with all that is in it, unless it has another name by now.
   *
   * @throws IOException if something in it cannot be deleted
   */
  @Override
  public void close() throws IOException {
    release();
    try {
      Leftovers.delete(path);
    } catch (NoSuchFileException e) {
      // It was published.
    } finally {
      OWN.remove(path);
    }
  }
}
