package dev.quicklime.spark.shipping;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.files.card.ModelCard;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkContext;

/**
 * Brings files to all processes of an application: packed into one archive named by its content,
 * which Spark hands to every executor once, whatever the number of tasks. What lies on a path that
 * is the same everywhere need not be moved: {@code local:/models/resnet50.pt} is such a path. Files
 * of other file systems, {@code hdfs:} or {@code s3a:}, are fetched by the driver. Used on the
 * driver alone.
 */
public final class FileShipping {

  private static final String EVERYWHERE = "local:";
  private static final String HERE = "file:";

  private final SparkContext context;
  private final Path folder;
  private final Map<String, Path> fetched = new LinkedHashMap<>();

  /**
   * Prepares to ship.
   *
   * @param context of the application
   * @throws UncheckedIOException if no temporary folder can be made
   */
  public FileShipping(SparkContext context) {
    this.context = context;
    try {
      folder = Files.createTempDirectory("quicklime-shipped-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Executors that come late fetch it as long as the driver lives.
    Runtime.getRuntime().addShutdownHook(new Thread(this::delete, "quicklime-shipped"));
  }

  /** What was shipped. */
  public record Shipped(List<SharedFile> files, String digest) {

    public Shipped {
      files = List.copyOf(files);
    }
  }

  /**
   * The file of this process that an option's value means.
   *
   * @param option that takes the value
   * @param location a path, or the URI of one
   * @throws InvalidInputException if there is no such file
   */
  public Path local(String option, String location) {
    return fetched.computeIfAbsent(location, asked -> find(option, asked));
  }

  /** Whether a name is the URI of a file of another file system than this machine's. */
  public static boolean isElsewhere(String name) {
    return name.matches("[A-Za-z][A-Za-z0-9+.-]+:.*") && !name.startsWith(HERE);
  }

  /** The file that a path, or a URI of this machine's file system, means. */
  public static Path here(String name) {
    return Path.of(
        name.startsWith(HERE) ? new org.apache.hadoop.fs.Path(name).toUri().getPath() : name);
  }

  private Path find(String option, String location) {
    if (location.startsWith(EVERYWHERE)) {
      return Path.of(location.substring(EVERYWHERE.length()));
    }
    return isElsewhere(location) ? fetch(option, location) : here(location);
  }

  private Path fetch(String option, String location) {
    try {
      org.apache.hadoop.fs.Path there = new org.apache.hadoop.fs.Path(location);
      Configuration configuration = context.hadoopConfiguration();
      FileSystem files = there.getFileSystem(configuration);
      if (!files.exists(there)) {
        throw new InvalidInputException(
            option + " must be a file, got " + location + ": there is none");
      }
      Path into = Files.createTempDirectory(folder, "fetched-");
      Path copy = into.resolve(there.getName());
      copy(files, there, copy);
      Path card = ModelCard.fileBeside(copy);
      for (String name : List.of(card.getFileName().toString(), "model.json")) {
        org.apache.hadoop.fs.Path beside = new org.apache.hadoop.fs.Path(there.getParent(), name);
        if (files.exists(beside)) {
          copy(files, beside, into.resolve(name));
        }
      }
      return copy;
    } catch (IOException e) {
      throw new InvalidInputException(
          option + " must be a file that can be read, got " + location + ": " + e.getMessage(), e);
    }
  }

  private static void copy(FileSystem from, org.apache.hadoop.fs.Path file, Path to)
      throws IOException {
    from.copyToLocalFile(false, file, new org.apache.hadoop.fs.Path(to.toUri()), true);
  }

  /**
   * Ships the files of some options.
   *
   * @param located options and their values, as they were given
   * @return where every process has them, and a digest of their content
   */
  public Shipped ship(Map<String, String> located) {
    List<SharedFile> shared = new ArrayList<>();
    Map<String, Path> packed = new LinkedHashMap<>();
    MessageDigest digest = Sha256.begin();
    located.forEach(
        (option, location) -> {
          Path file = local(option, location);
          digest.update(option.getBytes(StandardCharsets.UTF_8));
          update(digest, file);
          if (location.startsWith(EVERYWHERE)) {
            shared.add(new SharedFile(option, file.toString(), null));
            return;
          }
          String entry = packed.size() + "/" + file.getFileName();
          packed.put(entry, file);
          Path card = ModelCard.fileBeside(file);
          if (Files.isRegularFile(card)) {
            packed.put(entry.substring(0, entry.indexOf('/') + 1) + card.getFileName(), card);
            update(digest, card);
          }
          shared.add(new SharedFile(option, entry, ""));
        });
    String content = HexFormat.of().formatHex(digest.digest());
    if (packed.isEmpty()) {
      return new Shipped(shared, content);
    }
    String name = "quicklime-" + content.substring(0, 16) + ".zip";
    pack(packed, folder.resolve(name));
    context.addArchive(folder.resolve(name).toString());
    return new Shipped(
        shared.stream()
            .map(
                file ->
                    file.archive() == null
                        ? file
                        : new SharedFile(file.option(), file.path(), name))
            .toList(),
        content);
  }

  private static void pack(Map<String, Path> files, Path archive) {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      // Weights do not get smaller.
      zip.setLevel(0);
      for (Map.Entry<String, Path> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        Files.copy(file.getValue(), zip);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new QuicklimeException("files could not be packed for the executors: " + e, e);
    }
  }

  private static void update(MessageDigest digest, Path file) {
    try (OutputStream into = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      Files.copy(file, into);
    } catch (IOException e) {
      throw new InvalidInputException(file + " must be a file that can be read, got " + e, e);
    }
  }

  private void delete() {
    try (var all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // A temporary folder; the system cleans it in the end.
    }
  }
}
