package dev.quicklime.files;

import dev.quicklime.files.npy.NpyArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The arrays of an {@code .npz} file, and their types as the headers have them. */
record NpzFile(Map<String, NpyArray> arrays, Map<String, String> types) {

  private static final Pattern TYPE = Pattern.compile("'descr': '([^']+)'");

  /** Reads a file; its arrays are unpacked beside it. */
  static NpzFile read(Path file) throws IOException {
    Map<String, NpyArray> arrays = new HashMap<>();
    Map<String, String> types = new HashMap<>();
    try (FileSystem zip = FileSystems.newFileSystem(file);
        Stream<Path> entries = Files.list(zip.getPath("/"))) {
      for (Path entry : entries.toList()) {
        String name = String.valueOf(entry.getFileName());
        Path copy = file.resolveSibling(name);
        Files.copy(entry, copy);
        Matcher type =
            TYPE.matcher(new String(Files.readAllBytes(copy), StandardCharsets.ISO_8859_1));
        types.put(name.replace(".npy", ""), type.find() ? type.group(1) : "none");
        arrays.put(name.replace(".npy", ""), NpyArray.read(copy));
      }
    }
    return new NpzFile(arrays, types);
  }

  int[] ints(String name) {
    return Objects.requireNonNull(arrays.get(name)).toInts();
  }

  double[] doubles(String name) {
    return Objects.requireNonNull(arrays.get(name)).toDoubles();
  }
}
