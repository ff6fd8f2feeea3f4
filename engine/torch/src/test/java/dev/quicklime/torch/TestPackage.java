package dev.quicklime.torch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The package of tiny.py, whole or with changes. */
final class TestPackage {

  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  TestPackage() {
    try (ZipInputStream zip = new ZipInputStream(resource())) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes() {
    try (InputStream in = resource()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource() {
    return Objects.requireNonNull(TestPackage.class.getResourceAsStream("tiny.pt2"));
  }

  /** Leaves out the entries whose name ends so. */
  TestPackage without(String end) {
    entries.keySet().removeIf(name -> name.endsWith(end));
    return this;
  }

  /** Adds an entry. */
  TestPackage with(String name, String content) {
    entries.put(name, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Changes the text of the entries whose name ends so. */
  TestPackage edit(String end, UnaryOperator<String> change) {
    entries.replaceAll(
        (name, content) ->
            name.endsWith(end)
                ? change
                    .apply(new String(content, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8)
                : content);
    return this;
  }

  /** Changes one value of the metadata. */
  TestPackage note(String key, String value) {
    return edit(
        "_metadata.json",
        text ->
            text.replaceAll("\"" + key + "\": \"[^\"]*\"", "\"" + key + "\": \"" + value + "\""));
  }

  Path write(Path file) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return file;
  }
}
