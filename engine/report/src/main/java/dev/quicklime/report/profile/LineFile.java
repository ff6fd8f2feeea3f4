package dev.quicklime.report.profile;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file of one kind of line, which grows by whole lines; its columns are those of a record.
 *
 * @param path where it is, or is to be
 * @param type of its lines
 * @param earlier how many columns files of earlier versions had, which lack the last ones of now
 * @param <T> the same
 */
record LineFile<T>(Path path, Class<T> type, List<Integer> earlier) {

  /** Columns stand as the records' components do. */
  private static final CsvMapper MAPPER =
      CsvMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

  LineFile {
    earlier = List.copyOf(earlier);
  }

  private CsvSchema schema() {
    return MAPPER.schemaFor(type);
  }

  private List<String> columns() {
    List<String> names = new ArrayList<>();
    schema().forEach(column -> names.add(column.getName()));
    return names;
  }

  private String header() {
    return String.join(",", columns()) + "\n";
  }

  /** Whether it is not there, or has no line of results yet. */
  boolean isEmpty() throws IOException {
    return !Files.exists(path) || Files.readString(path).equals(header());
  }

  /**
   * Its whole lines; none where it is not there.
   *
   * @throws InvalidInputException if it is of something else
   */
  List<T> read() throws IOException {
    if (!Files.exists(path)) {
      return List.of();
    }
    String text = Files.readString(path);
    boolean known = text.startsWith(header());
    for (int columns : earlier) {
      known |= text.startsWith(String.join(",", columns().subList(0, columns)) + "\n");
    }
    if (!known) {
      // Jackson would take a file of other columns for one of which all are missing.
      throw ofSomethingElse(null);
    }
    // The end of a line that was cut would look like a number.
    text = text.substring(0, text.lastIndexOf('\n') + 1);
    try (MappingIterator<T> found =
        MAPPER.readerFor(type).with(schema().withHeader()).readValues(text)) {
      return found.readAll();
    } catch (IOException | RuntimeException e) {
      throw ofSomethingElse(e);
    }
  }

  private InvalidInputException ofSomethingElse(@Nullable Exception cause) {
    return new InvalidInputException(
        "%s must be the %s of an earlier run, got something else"
            .formatted(path, path.getFileName()),
        cause);
  }

  /** Puts lines in the place of what is there. */
  void rewrite(List<T> lines) throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Files.writeString(fresh, header() + text(lines), StandardCharsets.UTF_8);
    Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Adds lines to what is there. */
  void append(List<T> lines) throws IOException {
    Files.writeString(path, text(lines), StandardCharsets.UTF_8, StandardOpenOption.APPEND);
  }

  private String text(List<T> lines) throws IOException {
    StringWriter text = new StringWriter();
    MAPPER.writer(schema()).writeValues(text).writeAll(lines).close();
    return text.toString();
  }
}
