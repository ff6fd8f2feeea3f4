package dev.quicklime.scenes;

import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.file.HiddenFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * The model and the pictures that come with Quicklime, as files: libtorch and OpenCV read files,
 * not the entries of a jar. They are unpacked once into a folder named after their content, under
 * {@code -Ddev.quicklime.cache}, {@code $XDG_CACHE_HOME/quicklime} or {@code ~/.cache/quicklime};
 * several processes may do so at once. All methods may be called from any thread.
 */
public final class Bundled {

  private static final String INDEX = "index.txt";
  private static final String UNPACKING = "unpacking-";
  private static final String MODEL = "scenes.pt";
  private static final String LABELS = "labels.txt";

  private Bundled() {}

  private static @Nullable Path folder;

  /** The TorchScript file, with a {@code model.json} beside it. */
  public static Path model() {
    return folder().resolve(MODEL);
  }

  /** The classes' names, one on each line. */
  public static Path labels() {
    return folder().resolve(LABELS);
  }

  /** The pictures, by name. */
  public static List<Path> pictures() {
    return contents().keySet().stream()
        .filter(name -> name.endsWith(".png"))
        .sorted()
        .map(folder()::resolve)
        .toList();
  }

  /**
   * What people call a picture: its name alone where it is one of these, whose folder says nothing
   * to them, and else the path as it is. Unpacks nothing.
   */
  public static synchronized String called(Path picture) {
    Objects.requireNonNull(picture, "picture");
    return folder != null && folder.equals(picture.getParent())
        ? String.valueOf(picture.getFileName())
        : picture.toString();
  }

  private static synchronized Path folder() {
    Path unpacked = folder;
    if (unpacked == null || !Files.isDirectory(unpacked)) {
      unpacked = unpack(cache());
      folder = unpacked;
    }
    return unpacked;
  }

  /** Folder for what can be made again: the first of the places named above. */
  public static Path cache() {
    String chosen = System.getProperty("dev.quicklime.cache");
    if (chosen != null) {
      return Path.of(chosen);
    }
    String standard = System.getenv("XDG_CACHE_HOME");
    Path base =
        standard == null || standard.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(standard);
    return base.resolve("quicklime");
  }

  /** Unpacks everything into a folder of its own, unless that has been done before. */
  static Path unpack(Path cache) {
    Map<String, byte[]> contents = contents();
    Path folder = cache.resolve("bundled-" + hash(contents));
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(cache);
        try (HiddenFolder unfinished = HiddenFolder.in(cache, UNPACKING)) {
          for (Map.Entry<String, byte[]> entry : contents.entrySet()) {
            Files.write(unfinished.path().resolve(entry.getKey()), entry.getValue());
          }
          publish(unfinished, folder);
        }
      }
      mend(cache, folder, contents);
    } catch (IOException e) {
      throw new QuicklimeException(
          "the bundled model cannot be unpacked to "
              + folder
              + "; choose another folder with -Ddev.quicklime.cache=FOLDER",
          e);
    }
    return folder;
  }

  /** Caches are cleaned by hand and by cron, and disks forget. */
  private static void mend(Path cache, Path folder, Map<String, byte[]> contents)
      throws IOException {
    for (Map.Entry<String, byte[]> entry : contents.entrySet()) {
      Path file = folder.resolve(entry.getKey());
      if (Files.notExists(file) || !Arrays.equals(Files.readAllBytes(file), entry.getValue())) {
        try (HiddenFolder hidden = HiddenFolder.in(cache, UNPACKING)) {
          Path whole = Files.write(hidden.path().resolve(entry.getKey()), entry.getValue());
          Files.move(
              whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  /**
   * Tells versions of the contents apart; a digest takes a tenth of a second before it is compiled.
   */
  private static String hash(Map<String, byte[]> contents) {
    CRC32 crc = new CRC32();
    Adler32 adler = new Adler32();
    contents.forEach(
        (name, bytes) -> {
          for (Checksum sum : List.of(crc, adler)) {
            sum.update(name.getBytes(StandardCharsets.UTF_8));
            sum.update(bytes);
          }
        });
    return String.format(Locale.ROOT, "%08x%08x", crc.getValue(), adler.getValue());
  }

  /** Gives the folder its name in one step; whoever comes second throws its copy away. */
  private static void publish(HiddenFolder unfinished, Path folder) throws IOException {
    unfinished.release();
    try {
      Files.move(unfinished.path(), folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static Map<String, byte[]> contents() {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    for (String name : new String(read(INDEX), StandardCharsets.UTF_8).lines().toList()) {
      contents.put(name, read(name));
    }
    return contents;
  }

  private static byte[] read(String name) {
    try (InputStream in = Bundled.class.getResourceAsStream("bundled/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the resource bundled/" + name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the resource bundled/" + name + " cannot be read", e);
    }
  }
}
