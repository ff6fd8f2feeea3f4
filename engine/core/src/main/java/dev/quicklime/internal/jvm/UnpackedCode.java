package dev.quicklime.internal.jvm;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Native code in JavaCPP's cache. JavaCPP unpacks a file anew where its size or time is another one
 * than in the jar; of what is damaged otherwise it knows nothing, and code from it would end the
 * JVM. So each file is compared with the checksum in its jar once it is unpacked, and again where
 * the system says that it was written to since: reading all of it takes half a second.
 *
 * <p>JavaCPP also writes over a file that another process has unpacked and loaded meanwhile, which
 * ends that one: whoever loads native code has the cache for himself as long as that takes.
 */
public final class UnpackedCode {

  private static final Logger LOG = LoggerFactory.getLogger(UnpackedCode.class);

  /** Names, and what the system knew of files when they were found to be right. */
  private static final String CHECKED = ".quicklime-checked";

  /** Not JavaCPP's own: closing that would give its lock away. */
  private static final String LOCK = ".quicklime-lock";

  private static boolean mended;

  /** Threads of this process that are loading, and the lock that they share. */
  private static int users;

  private static @Nullable FileChannel channel;

  private UnpackedCode() {}

  /** A time in which no other process unpacks. */
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits until no other process loads native code, and takes damaged files of the jars on the
   * class path away, the first time; JavaCPP unpacks them again. Threads of one process need not
   * wait for each other. Nothing is thrown: where this cannot be done, loading says what is wrong.
   */
  public static synchronized Turn turn() {
    if (users++ == 0) {
      lock();
    }
    mend();
    AtomicBoolean over = new AtomicBoolean();
    return () -> {
      if (over.compareAndSet(false, true)) {
        release();
      }
    };
  }

  private static void lock() {
    try {
      FileChannel opened =
          FileChannel.open(
              Loader.getCacheDir().toPath().resolve(LOCK),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      channel = opened;
      FileLock _ = opened.lock();
    } catch (IOException | RuntimeException e) {
      LOG.debug("the cache of native code cannot be locked: {}", e.toString());
    }
  }

  private static synchronized void release() {
    if (--users == 0) {
      FileChannel opened = channel;
      channel = null;
      try {
        if (opened != null) {
          opened.close();
        }
      } catch (IOException e) {
        LOG.debug("the cache of native code cannot be unlocked: {}", e.toString());
      }
    }
  }

  /** Whether the files of a jar were unpacked, and found to be right, before. */
  public static boolean isKnown(String jar) {
    try (Stream<Path> folders = Files.list(Loader.getCacheDir().toPath())) {
      return folders.anyMatch(
          folder ->
              folder.getFileName().toString().startsWith(jar)
                  && Files.isRegularFile(folder.resolve(CHECKED)));
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static void mend() {
    if (mended) {
      return;
    }
    mended = true;
    try {
      Path cache = Loader.getCacheDir().toPath();
      for (String name : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
        Path jar = Path.of(name);
        Path folder = cache.resolve(String.valueOf(jar.getFileName()));
        if (name.endsWith(".jar") && Files.isDirectory(folder) && Files.isRegularFile(jar)) {
          mend(cache, folder, jar);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("native code in the cache cannot be checked: {}", e.toString());
    }
  }

  /** Checks the files of one jar that are not known to be right. */
  static void mend(Path cache, Path folder, Path jar) throws IOException {
    Path record = folder.resolve(CHECKED);
    Set<String> known =
        Files.isRegularFile(record) ? new HashSet<>(Files.readAllLines(record)) : Set.of();
    List<Path> files = files(folder);
    TreeSet<String> right = new TreeSet<>();
    boolean all = true;
    for (Path file : files) {
      String facts = facts(folder, file);
      all &= known.contains(facts);
      right.add(facts);
    }
    if (all) {
      return;
    }
    // Whoever has JavaCPP's lock is unpacking, and what he writes is not whole yet.
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        ZipFile zip = new ZipFile(jar.toFile())) {
      if (lock == null) {
        return;
      }
      right.clear();
      for (Path file : files) {
        String facts = facts(folder, file);
        if (known.contains(facts) || isRight(zip, folder, file)) {
          right.add(facts);
        } else {
          LOG.warn("{} was damaged and is unpacked again", file);
          Files.delete(file);
        }
      }
      Path fresh =
          Files.write(folder.resolve(CHECKED + "." + ProcessHandle.current().pid()), right);
      Files.move(
          fresh, record, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (OverlappingFileLockException e) {
      LOG.debug("another thread is unpacking");
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    Set<Path> files = new TreeSet<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
            // Links lead to files that are there too, or to the system's.
            if (facts.isRegularFile() && !file.getFileName().toString().startsWith(".")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return List.copyOf(files);
  }

  /** Changes whenever the file is written to, even where its time and size are put back. */
  private static String facts(Path folder, Path file) throws IOException {
    BasicFileAttributes facts =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    Object changed =
        unix ? Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS) : "unknown";
    return "%s %s %s %s %s"
        .formatted(
            folder.relativize(file),
            facts.size(),
            facts.lastModifiedTime(),
            changed,
            facts.fileKey());
  }

  /**
   * Whether a file is what its jar holds; one that does not come from there is nobody's concern.
   */
  private static boolean isRight(ZipFile zip, Path folder, Path file) throws IOException {
    String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return true;
    }
    if (entry.getSize() != Files.size(file)) {
      return false;
    }
    CRC32 sum = new CRC32();
    byte[] part = new byte[1 << 18];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        sum.update(part, 0, n);
      }
    }
    return sum.getValue() == entry.getCrc();
  }
}
