package dev.quicklime.files.csv;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.quicklime.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of a CSV file as text, all lines with equally many, blanks around them included.
 *
 * @param name of the file
 * @param separator between values, which the file's first line may have named
 * @param decimal how numbers are said to be written
 * @param lines the values of each line that is not blank
 * @param numbers of these lines in the file, from 1
 */
record CsvText(
    String name,
    char separator,
    CsvNumbers decimal,
    List<List<String>> lines,
    List<Integer> numbers) {

  private static final char BYTE_ORDER_MARK = '\ufeff';

  /** How Excel names the separator, in quotes or not. */
  private static final Pattern NAMED =
      Pattern.compile("\"?sep=(.)\"?[;,\\t| ]*(\r\n?|\n)", Pattern.CASE_INSENSITIVE);

  /** More characters than such a line has. */
  private static final int LONGEST_NAMED = 64;

  static CsvText read(Path file, CsvOptions options) {
    if (Files.isDirectory(file)) {
      throw new InvalidInputException(file + " must be a CSV file, got a folder");
    }
    try (BufferedReader in = Files.newBufferedReader(file)) {
      return read(String.valueOf(file.getFileName()), in, options);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(file + ": there is no such file", e);
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(file + " must be UTF-8 text, got other bytes", e);
    } catch (IOException e) {
      throw new InvalidInputException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads text to its end. */
  static CsvText read(String name, BufferedReader in, CsvOptions options) throws IOException {
    CsvNumbers decimal = new CsvNumbers(options.decimal());
    char separator = options.separator();
    List<List<String>> lines = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    try {
      skipMark(in);
      Character named = named(in);
      separator = named == null ? separator : CsvOptions.checkSeparator(named);
      parse(in, separator, named == null ? 0 : 1, lines, numbers);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "%s, line %d: must be CSV with closed quotes; %s"
              .formatted(name, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    }
    CsvText text = new CsvText(name, separator, decimal, lines, numbers);
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

  /** Takes a first line that names the separator, if there is one. */
  private static @Nullable Character named(BufferedReader in) throws IOException {
    char[] start = new char[LONGEST_NAMED];
    in.mark(LONGEST_NAMED);
    int read = 0;
    for (int more = 0; more >= 0 && read < start.length; read += Math.max(0, more)) {
      more = in.read(start, read, start.length - read);
    }
    Matcher line = NAMED.matcher(new String(start, 0, read));
    in.reset();
    if (!line.lookingAt()) {
      return null;
    }
    for (int i = 0; i < line.end(); i++) {
      in.read();
    }
    return line.group(1).charAt(0);
  }

  private static void parse(
      Reader in, char separator, int skipped, List<List<String>> lines, List<Integer> numbers)
      throws IOException {
    CsvFactory factory =
        CsvFactory.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();
    try (CsvParser parser = factory.createParser(in)) {
      parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(separator));
      List<String> line = new ArrayList<>();
      int number = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_ARRAY -> line = new ArrayList<>();
          case VALUE_STRING -> {
            if (line.isEmpty()) {
              number = skipped + parser.currentTokenLocation().getLineNr();
            }
            line.add(parser.getText());
          }
          case END_ARRAY -> {
            boolean blank = line.isEmpty() || line.size() == 1 && line.getFirst().isBlank();
            if (!blank) {
              lines.add(line);
              numbers.add(number);
            }
            line = new ArrayList<>();
          }
          default -> throw new IOException("unexpected " + token + " in line " + number);
        }
      }
    }
  }

  private void check() {
    if (lines.isEmpty()) {
      throw new InvalidInputException(name + " must have at least one row, got an empty file");
    }
    cutEmptyEnds();
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
                    doubt().hint()),
            doubt().otherSeparator());
      }
    }
    if (first.size() == 1 && !doubt().hint().isEmpty()) {
      throw new TableProblem(
          "%s must have its values separated by '%s', got one column%s"
              .formatted(name, CsvDoubt.shown(separator), doubt().hint()),
          doubt().otherSeparator());
    }
  }

  /**
   * Separators at the ends of lines, with nothing behind them in any, are not between values: a
   * column without a name is none where it has no value either.
   */
  private void cutEmptyEnds() {
    List<String> first = lines.getFirst();
    int width = first.size();
    while (width > 0 && first.get(width - 1).isBlank()) {
      width--;
    }
    int kept = width;
    boolean empty =
        lines.stream()
            .allMatch(
                line ->
                    line.size() >= kept
                        && line.subList(kept, line.size()).stream().allMatch(String::isBlank));
    if (empty && kept > 0) {
      lines.forEach(line -> line.subList(kept, line.size()).clear());
    }
  }

  /** What the text may be instead. */
  CsvDoubt doubt() {
    return new CsvDoubt(lines, separator, decimal);
  }
}
