package dev.quicklime.internal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What killed runs have left: hidden folders and temporary files, told by their names. Nothing that
 * is locked, was touched a short while ago, or is called otherwise is taken away; nothing is
 * thrown, as a run does not fail for what another one has left.
 */
public final class Leftovers {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  /** Names that nobody else gives: a number behind the beginning. */
  private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{6,20}(?:\\.pt|\\.part)?");

  /** What the names of results begin with that were moved aside; whoever did it puts them back. */
  public static final String ASIDE = "earlier.";

  private static final int ATTEMPTS = 5;

  private Leftovers() {}

  /**
   * Takes leftovers away.
   *
   * @param parent folder that they are in
   * @param prefix what their names begin with; a number follows
   * @param age how long nothing in them has been touched
   */
  public static void sweep(Path parent, String prefix, Duration age) {
    Instant before = Instant.now().minus(age);
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(parent, path -> isNamed(path, prefix))) {
      for (Path path : found) {
        sweep(path, before);
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      LOG.debug("{} cannot be searched for leftovers: {}", parent, e.toString());
    }
  }

  private static boolean isNamed(Path path, String prefix) {
    String name = path.getFileName().toString();
    return name.startsWith(prefix) && NUMBER.matcher(name.substring(prefix.length())).matches();
  }

  /**
   * Results that were moved aside, in hidden folders that no process has locked any more.
   *
   * @param parent folder that the hidden ones are in
   */
  public static List<Path> movedAside(Path parent) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(parent, path -> isNamed(path, HiddenFolder.PREFIX))) {
      for (Path path : found) {
        if (Files.isRegularFile(path.resolve(HiddenFolder.LOCK))
            && !HiddenFolder.isOwn(path)
            && unlocked(path)) {
          try (DirectoryStream<Path> inside = Files.newDirectoryStream(path, ASIDE + "*")) {
            inside.forEach(children::add);
          }
        }
      }
    }
    return children;
  }

  /** Whether it holds a result that was moved aside. */
  private static boolean holdsResult(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (DirectoryStream<Path> inside =
        Files.newDirectoryStream(path, file -> file.getFileName().toString().startsWith(ASIDE))) {
      return inside.iterator().hasNext();
    }
  }

  private static void sweep(Path path, Instant before) {
    try {
      if (!HiddenFolder.isOwn(path)
          && !touchedSince(path, before)
          && !holdsResult(path)
          && unlocked(path)) {
        LOG.info("{} was left by a run that was killed, and is taken away", path);
        delete(path);
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be taken away: {}", path, e.toString());
    }
  }

  private static boolean touchedSince(Path path, Instant before) throws IOException {
    boolean[] touched = new boolean[1];
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts) {
            return look(facts);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
            return look(facts);
          }

          private FileVisitResult look(BasicFileAttributes facts) {
            touched[0] |= !facts.lastModifiedTime().toInstant().isBefore(before);
            return touched[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }
        });
    return touched[0];
  }

  private static boolean unlocked(Path path) throws IOException {
    Path file = path.resolve(HiddenFolder.LOCK);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /**
   * Deletes a file or a folder with all that is in it; links in it are not followed.
   *
   * @throws NoSuchFileException if it is not there
   * @throws IOException if something cannot be deleted
   */
  public static void delete(Path path) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Files.walkFileTree(path, new Deletion());
        return;
      } catch (DirectoryNotEmptyException | NoSuchFileException e) {
        // A thread that still writes has added a file meanwhile, or taken one away.
        if (attempt == ATTEMPTS || Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
          throw e;
        }
      }
    }
  }

  /** Files before the folders they are in. */
  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      if (e != null) {
        throw e;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
