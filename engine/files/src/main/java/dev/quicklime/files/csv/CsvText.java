package dev.quicklime.files.csv;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.quicklime.InvalidInputException;
import dev.quicklime.files.csv.TableProblem.Remedy;
import dev.quicklime.files.csv.TableProblem.Remedy.UseSeparator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a CSV file as text, all lines with equally many.
 *
 * @param name of the file
 * @param separator between values
 * @param lines the values of each line that is not empty
 * @param numbers of these lines in the file, from 1
 */
record CsvText(String name, char separator, List<List<String>> lines, List<Integer> numbers) {

  private static final char BYTE_ORDER_MARK = '\ufeff';

  static CsvText read(Path file, char separator) {
    if (Files.isDirectory(file)) {
      throw new InvalidInputException(file + " must be a CSV file, got a folder");
    }
    try (BufferedReader in = Files.newBufferedReader(file)) {
      return read(String.valueOf(file.getFileName()), in, separator);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(file + ": there is no such file", e);
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(file + " must be UTF-8 text, got other bytes", e);
    } catch (IOException e) {
      throw new InvalidInputException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads text to its end. */
  static CsvText read(String name, BufferedReader in, char separator) throws IOException {
    CsvText text = new CsvText(name, separator, new ArrayList<>(), new ArrayList<>());
    try {
      skipMark(in);
      text.parse(in);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "%s, line %d: must be CSV with closed quotes; %s"
              .formatted(name, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    }
    text.check();
    return text;
  }

  /** A mark of the byte order would be taken for the first letter. */
  private static void skipMark(BufferedReader in) throws IOException {
    in.mark(1);
    if (in.read() != BYTE_ORDER_MARK) {
      in.reset();
    }
  }

  private void parse(Reader in) throws IOException {
    CsvFactory factory =
        CsvFactory.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();
    try (CsvParser parser = factory.createParser(in)) {
      parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(separator));
      List<String> line = new ArrayList<>();
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_ARRAY -> line = new ArrayList<>();
          case VALUE_STRING -> {
            if (line.isEmpty()) {
              numbers.add(parser.currentTokenLocation().getLineNr());
            }
            line.add(parser.getText());
          }
          case END_ARRAY -> {
            if (!line.isEmpty()) {
              lines.add(line);
              line = new ArrayList<>();
            }
          }
          default -> throw new IOException("unexpected " + token + " in line " + numbers.getLast());
        }
      }
    }
  }

  private void check() {
    if (lines.isEmpty()) {
      throw new InvalidInputException(name + " must have at least one row, got an empty file");
    }
    List<String> first = lines.getFirst();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).size() != first.size()) {
        throw new TableProblem(
            "%s, line %d: must have %d values as line %d has, got %d%s"
                .formatted(
                    name,
                    numbers.get(i),
                    first.size(),
                    numbers.getFirst(),
                    lines.get(i).size(),
                    hint()),
            otherSeparator());
      }
    }
    if (first.size() == 1 && !hint().isEmpty()) {
      throw new TableProblem(
          "%s must have its values separated by '%s', got one column%s"
              .formatted(name, shown(separator), hint()),
          otherSeparator());
    }
  }

  /** Where lines hold other separators than the one that was used, which; else nothing. */
  String hint() {
    return otherSeparator() instanceof UseSeparator(char other)
        ? "; lines hold '%s'".formatted(shown(other))
        : "";
  }

  /** The separator that most lines hold, where it is not the one that was used; else null. */
  @Nullable Remedy otherSeparator() {
    for (char other : new char[] {';', '\t', '|', ','}) {
      long holding =
          lines.stream().filter(line -> line.stream().anyMatch(v -> v.indexOf(other) >= 0)).count();
      if (other != separator && 2 * holding > lines.size()) {
        return new UseSeparator(other);
      }
    }
    return null;
  }

  private static String shown(char separator) {
    return separator == '\t' ? "tab" : String.valueOf(separator);
  }
}
