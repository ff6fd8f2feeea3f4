package dev.quicklime.cli.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.options.RowFlags;
import dev.quicklime.model.Labels;
import dev.quicklime.serve.model.RowOptionReader;
import dev.quicklime.tabular.Table;
import dev.quicklime.tabular.TabularOptions;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** Reads the parameters of requests by the very options of {@code tabular}. */
final class RowParameters implements RowOptionReader {

  private final Table table;
  private final Labels labels;
  private final Remembered<TabularOptions> remembered = new Remembered<>();

  /** The options of {@code tabular} that are of a row, and nothing to run. */
  @Command(name = "tabular", defaultValueProvider = RowFlags.Defaults.class, sortOptions = false)
  private static final class Parsed {
    @Mixin private final RowFlags rows = new RowFlags();
  }

  /**
   * Reads options for a model.
   *
   * @param table that it is served with
   * @param labels names of its classes
   */
  RowParameters(Table table, Labels labels) {
    this.table = table;
    this.labels = labels;
  }

  @Override
  public TabularOptions read(ObjectNode parameters) {
    return remembered.of(parameters.toString(), () -> parse(parameters));
  }

  private TabularOptions parse(ObjectNode parameters) {
    Parsed parsed = new Parsed();
    CommandLine command = new CommandLine(parsed).setExpandAtFiles(false);
    String[] args =
        new ParameterWords(
                command.getCommandSpec(), Set.of(), name -> Integer.toString(labels.index(name)))
            .of(parameters);
    try {
      command.parseArgs(args);
      TabularOptions options = parsed.rows.options(labels);
      RowFlags.check(table, options);
      return options;
    } catch (ParameterException | InvalidInputException e) {
      throw new InvalidInputException(
          ParameterWords.words(String.valueOf(e.getMessage()), parameters), e);
    }
  }
}
