package dev.quicklime.cli.options;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.files.csv.CsvFile;
import dev.quicklime.files.csv.CsvOptions;
import dev.quicklime.files.csv.TableProblem;
import dev.quicklime.files.csv.TableProblem.Named;
import dev.quicklime.files.csv.TableProblem.Remedy;
import dev.quicklime.tabular.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a table is read, and its columns are handed to a model. */
@InGroup(HelpGroup.INPUT)
public final class TableReading {

  private static final Map<String, Character> SEPARATORS =
      Map.of(",", ',', ";", ';', "tab", '\t', "\t", '\t', "|", '|', "space", ' ');

  @Option(
      names = "--separator",
      paramLabel = ",|;|tab|space",
      description =
          "What is between two values; also the bar | (default: what a first line as sep=; names,"
              + " else ${DEFAULT-VALUE}).")
  private String separator = ",";

  @Option(
      names = "--decimal",
      paramLabel = ".|,",
      description =
          "What is between a number's whole and its fraction, a point or a comma (default:"
              + " ${DEFAULT-VALUE}).")
  private String decimal = ".";

  @Option(
      names = "--header",
      paramLabel = "auto|yes|no",
      description =
          "Whether the first line names the columns; auto says yes where none of its values is a"
              + " number, or one is a text over numbers alone (default: ${DEFAULT-VALUE}).")
  private String header = "auto";

  @Option(
      names = "--columns",
      paramLabel = "A,B",
      description = "The model's inputs, in their order (default: all columns).")
  private @Nullable String columns;

  @Option(
      names = "--drop",
      paramLabel = "A,B",
      description = "Columns that are no inputs, as an identifier or the label (default: none).")
  private @Nullable String drop;

  @Option(
      names = "--categorical",
      paramLabel = "A,B",
      description =
          "Columns whose values have no order. Numbers are given to the model as they are; texts"
              + " by their place in the order of the column's values, from 0, as pandas' codes"
              + " (default: none).")
  private @Nullable String categorical;

  @Option(
      names = "--one-hot",
      description =
          "Gives the model an input of 1 or 0 for each value of a categorical column, in place of"
              + " one code (default: no).")
  private boolean oneHot;

  /** Whether each category is an input of its own. */
  public boolean oneHot() {
    return oneHot;
  }

  CsvOptions options() {
    return new CsvOptions(
        Parse.choice("--separator", separator, SEPARATORS, "',', ';', '|', tab, space"),
        Parse.choice("--decimal", decimal, Map.of(".", '.', ",", ','), "'.', ','"),
        Parse.choice("--header", header, CsvOptions.Header.class),
        names("--columns", columns),
        Set.copyOf(names("--drop", drop)),
        Set.copyOf(names("--categorical", categorical)));
  }

  private static List<String> names(String option, @Nullable String text) {
    if (text == null) {
      return List.of();
    }
    List<String> names = Stream.of(text.split(",", -1)).map(String::strip).toList();
    if (names.stream().anyMatch(String::isEmpty)
        || names.stream().distinct().count() < names.size()) {
      throw Parse.wrong(option, "different names with commas between them", text);
    }
    return names;
  }

  /**
   * Reads a table.
   *
   * @throws InvalidInputException if it is none, with the option by which it would be one
   */
  public Table read(Path file) {
    try {
      return CsvFile.read(file, options());
    } catch (TableProblem e) {
      throw new InvalidInputException(e.getMessage() + advice(e.remedy()), e);
    }
  }

  private static String advice(@Nullable Remedy remedy) {
    return switch (remedy) {
      case null -> "";
      case Remedy.UseSeparator(char other, char decimal) ->
          ": try --separator '%s'%s"
              .formatted(other == '\t' ? "tab" : other, decimal == ',' ? " --decimal ," : "");
      case Remedy.UseDecimal(char decimal) -> ": try --decimal " + decimal;
      case Remedy.NoHeader() -> "; --header no where there are none";
      case Remedy.NameCategorical(String column) ->
          "; --categorical %1$s where its values are categories, --drop %1$s to leave it out"
              .formatted(column);
      case Remedy.OtherNames(Named option) -> "; see --" + option.name().toLowerCase(Locale.ROOT);
    };
  }
}
