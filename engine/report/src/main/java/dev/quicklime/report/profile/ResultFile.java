package dev.quicklime.report.profile;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The measured lines of a profile, in a CSV file that grows by whole seeds. A profile that was
 * interrupted finds in it what is done; a seed that was not written to its end is measured anew.
 */
public final class ResultFile {

  /** Columns stand as the records' components do. */
  private static final CsvMapper MAPPER =
      CsvMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

  private static final CsvSchema SCHEMA = MAPPER.schemaFor(ProfileLine.class);

  /** Files of before superpixels were told of one by one have one column less. */
  private static final String OLD = header().replace(",missed\n", "\n");

  private static final ObjectWriter WRITER = MAPPER.writer(SCHEMA);

  private final Path file;
  private final List<ProfileLine> lines = new ArrayList<>();
  private final Set<Unit> done = new HashSet<>();

  /** What is written at once: a picture's seed; the references count as seed −1. */
  private record Unit(String picture, long seed) {}

  private ResultFile(Path file) {
    this.file = file;
  }

  /**
   * Opens a file, or begins it.
   *
   * @param references how many lines tell of a picture's references
   * @param linesOfSeed how many lines a picture's seed has for each of its classes
   * @throws InvalidInputException if the file is of something else
   */
  public static ResultFile open(Path file, int references, int linesOfSeed) throws IOException {
    ResultFile results = new ResultFile(file);
    if (Files.exists(file)) {
      results.read(references, linesOfSeed);
    }
    results.rewrite();
    return results;
  }

  /** Whether a file is not there, or has no line of results yet. */
  public static boolean isEmpty(Path file) throws IOException {
    return !Files.exists(file)
        || Arrays.equals(Files.readAllBytes(file), header().getBytes(StandardCharsets.UTF_8));
  }

  private void read(int references, int linesOfSeed) throws IOException {
    String text = Files.readString(file);
    if (!text.startsWith(header()) && !text.startsWith(OLD)) {
      // Jackson would take a file of other columns for one of which all are missing.
      throw ofSomethingElse(file, null);
    }
    // The end of a line that was cut would look like a number.
    text = text.substring(0, text.lastIndexOf('\n') + 1);
    Map<Unit, List<ProfileLine>> units = new HashMap<>();
    List<Unit> order = new ArrayList<>();
    ObjectReader reader = MAPPER.readerFor(ProfileLine.class).with(SCHEMA.withHeader());
    try (MappingIterator<ProfileLine> found = reader.readValues(text)) {
      while (found.hasNext()) {
        ProfileLine line = found.next();
        Unit unit = new Unit(line.setting().picture(), line.setting().seed());
        units
            .computeIfAbsent(
                unit,
                key -> {
                  order.add(key);
                  return new ArrayList<>();
                })
            .add(line);
      }
    } catch (IOException | RuntimeException e) {
      throw ofSomethingElse(file, e);
    }
    for (Unit unit : order) {
      List<ProfileLine> written = units.getOrDefault(unit, List.of());
      long classes =
          written.stream().mapToInt(line -> line.setting().classIndex()).distinct().count();
      long whole = unit.seed() < 0 ? references : linesOfSeed * classes;
      if (written.size() == whole) {
        lines.addAll(written);
        done.add(unit);
      }
    }
  }

  private static InvalidInputException ofSomethingElse(Path file, @Nullable Exception cause) {
    return new InvalidInputException(
        file + " must be the profile.csv of an earlier run, got something else", cause);
  }

  private void rewrite() throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, header() + text(lines), StandardCharsets.UTF_8);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String header() {
    List<String> names = new ArrayList<>();
    SCHEMA.forEach(column -> names.add(column.getName()));
    return String.join(",", names) + "\n";
  }

  private static String text(List<ProfileLine> lines) throws IOException {
    StringWriter text = new StringWriter();
    WRITER.writeValues(text).writeAll(lines).close();
    return text.toString();
  }

  /** Whether a picture's seed, or with −1 its references, is there already. */
  public boolean has(String picture, long seed) {
    return done.contains(new Unit(picture, seed));
  }

  /** Adds a picture's seed, whole. */
  public void add(List<ProfileLine> measured) throws IOException {
    Files.writeString(file, text(measured), StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    lines.addAll(measured);
    measured.forEach(line -> done.add(new Unit(line.setting().picture(), line.setting().seed())));
  }

  /** All lines, as they stand in the file. */
  public List<ProfileLine> lines() {
    return List.copyOf(lines);
  }
}
