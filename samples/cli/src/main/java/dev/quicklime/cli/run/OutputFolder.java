package dev.quicklime.cli.run;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.file.HiddenFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Where reports go: one folder for each picture or row. For one thread. */
public final class OutputFolder {

  private static final String EXPLANATION = "explanation.json";

  private final Path root;
  private final String mark;
  private final Set<String> taken = new HashSet<>();
  private boolean made;

  private OutputFolder(Path root, String mark) {
    this.root = root;
    this.mark = mark;
  }

  /** A folder for explanations, see {@link #at(Path, String)}. */
  public static OutputFolder at(Path root) {
    return at(root, EXPLANATION);
  }

  /**
   * Checks that something can be written there, without leaving anything.
   *
   * @param mark file that tells a report that may be replaced from a folder of somebody else
   * @throws InvalidInputException if not
   */
  public static OutputFolder at(Path root, String mark) {
    Path there = root.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      if (Files.isSymbolicLink(there)) {
        throw new InvalidInputException(
            "--out must be a folder, got %s, where %s is a link to nothing that is there"
                .formatted(root, there));
      }
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      throw new InvalidInputException("--out must be a folder, got " + root + " in a file");
    }
    restore(root);
    try (HiddenFolder _ = HiddenFolder.in(there)) {
      // What may be written to is only known for sure once something was.
    } catch (IOException e) {
      throw new InvalidInputException(
          "--out must be in a folder that can be written to, got " + root, e);
    }
    return new OutputFolder(root, mark);
  }

  private static void restore(Path root) {
    try {
      if (Files.isDirectory(root)) {
        Staging.restore(root);
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "--out must be a folder that can be read and written to, got " + root, e);
    }
  }

  /** Takes the folder away again if it was made here and nothing was put into it. */
  public void tidy() {
    if (made) {
      try {
        Files.deleteIfExists(root);
      } catch (IOException e) {
        // It holds reports, as it should.
        made = false;
      }
    }
  }

  /**
   * Sets a folder's name aside for a picture: the file's without its extension, and a number where
   * that is taken.
   *
   * @throws InvalidInputException if the folder is there and is no report
   */
  public String reserve(Path picture) {
    return reserve(picture, "");
  }

  /** The same with something put behind the file's name. */
  public String reserve(Path file, String suffix) {
    String stem = stem(file) + suffix;
    String name = stem;
    for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
      name = stem + "-" + number;
    }
    Path folder = root.resolve(name);
    if (Files.isSymbolicLink(folder)) {
      throw new InvalidInputException(
          "%s must be a folder or not be there, got a link; it is left alone with what it leads to"
              .formatted(folder));
    }
    if (Files.exists(folder) && !Files.isRegularFile(folder.resolve(mark))) {
      throw new InvalidInputException(
          "%s must be a report of an earlier run, with %s, or not be there; it is left alone"
              .formatted(folder, mark));
    }
    return name;
  }

  private static String stem(Path picture) {
    String file = String.valueOf(picture.getFileName());
    int dot = file.lastIndexOf('.');
    String stem = dot > 0 ? file.substring(0, dot) : file;
    // Such a name would lead out of the folder, or hide the report.
    String visible = stem.replaceFirst("^[.\\s]+", "");
    return visible.isEmpty() ? "picture" : visible;
  }

  /**
   * Begins a report.
   *
   * @param name reserved before
   */
  public Staging stage(String name) throws IOException {
    if (Files.notExists(root)) {
      Files.createDirectories(root);
      made = true;
    }
    return new Staging(HiddenFolder.in(root), root.resolve(name));
  }
}
