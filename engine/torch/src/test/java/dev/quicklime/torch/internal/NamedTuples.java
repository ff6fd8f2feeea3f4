package dev.quicklime.torch.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Files of modules that return named tuples, which a module's own source cannot define. */
public final class NamedTuples {

  private NamedTuples() {}

  /**
   * Gives names to what a module returns.
   *
   * @param file returns one tuple of as many tensors
   * @param fields their names
   * @return another file
   */
  public static Path name(Path file, List<String> fields) {
    Path named = file.resolveSibling("named-" + file.getFileName());
    String tuple =
        fields.stream().map(_ -> "Tensor").collect(Collectors.joining(", ", "Tuple[", "]"));
    String type =
        fields.stream()
            .map(field -> "  " + field + " : Tensor\n")
            .collect(Collectors.joining("", "class Named(NamedTuple):\n", ""));
    try (ZipFile in = new ZipFile(file.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(named))) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        byte[] content = in.getInputStream(entry).readAllBytes();
        if (entry.getName().endsWith(".py")) {
          String code = new String(content, StandardCharsets.UTF_8);
          code =
              code.replace(tuple, "__torch__.Named")
                  .replaceAll("_0 = \\((.*)\\)\n", "_0 = __torch__.Named($1)\n");
          content = (code + type).getBytes(StandardCharsets.UTF_8);
        }
        if (!entry.getName().endsWith(".debug_pkl")) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          out.write(content);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return named;
  }
}
