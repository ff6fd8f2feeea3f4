package dev.quicklime.files;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/** Tells files of NumPy's by their content, and by their name where there is none. */
final class ArrayFiles {
  private static final String NPY = "\u0093NUMPY";
  private static final String ZIP = "PK";
  private static final int MOST_NAMES = 5;

  /** What a file holds. */
  enum Kind {
    /** One array, {@code .npy}. */
    ARRAY,
    /** Several, {@code .npz}. */
    ARCHIVE,
    /** No arrays. */
    OTHER
  }

  private ArrayFiles() {}

  static Kind kind(Path file) {
    String start = "";
    try (InputStream in = Files.newInputStream(file)) {
      start = new String(in.readNBytes(NPY.length()), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // Whoever reads it says why it cannot be read.
    }
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (start.equals(NPY)) {
      return Kind.ARRAY;
    }
    if (start.startsWith(ZIP)) {
      return Kind.ARCHIVE;
    }
    return name.endsWith(".npy")
        ? Kind.ARRAY
        : name.endsWith(".npz") && !start.isEmpty() ? Kind.ARCHIVE : Kind.OTHER;
  }

  /** Why an archive is no label map, with what makes one of its arrays. */
  static InvalidInputException archive(Path file) {
    List<String> names = List.of();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      names =
          zip.stream()
              .map(entry -> entry.getName())
              .filter(entry -> entry.endsWith(".npy"))
              .map(entry -> entry.substring(0, entry.length() - ".npy".length()))
              .toList();
    } catch (IOException e) {
      // Then it is no archive that can be read, and the message names no arrays.
    }
    String among =
        names.stream()
            .limit(MOST_NAMES)
            .map(name -> "'" + name + "'")
            .collect(Collectors.joining(", "));
    return new InvalidInputException(
        ("%s: a label map must be one array (.npy) or a picture, got an .npz archive%s; python -c"
                + " \"import numpy as n; n.save('labels.npy', n.load('%s')['%s'])\" takes one out")
            .formatted(
                file,
                among.isEmpty()
                    ? ""
                    : " of " + among + (names.size() > MOST_NAMES ? " and others" : ""),
                file.getFileName(),
                names.isEmpty() ? "NAME" : names.getFirst()));
  }
}
