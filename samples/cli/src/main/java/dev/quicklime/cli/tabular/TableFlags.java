package dev.quicklime.cli.tabular;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.options.Parse;
import dev.quicklime.cli.options.TableReading;
import dev.quicklime.tabular.Table;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which table is read, and how. */
@InGroup(HelpGroup.COMMON)
final class TableFlags {

  @Option(
      names = "--data",
      paramLabel = "ROWS.csv",
      description =
          "The table, CSV in UTF-8, one of whose rows is explained; it goes with --model (default:"
              + " a bundled one with a function of its own).")
  private @Nullable Path data;

  @Option(
      names = "--row",
      paramLabel = "I",
      description =
          "The row that is explained, from 0, a header not counted (default: ${DEFAULT-VALUE}).")
  private String row = "0";

  @Mixin private final TableReading reading = new TableReading();

  /** The table that was asked for. */
  @Nullable Path data() {
    return data;
  }

  /** What the table is called. */
  Path name() {
    return data == null ? Path.of(Rentals.FILE) : data;
  }

  boolean oneHot() {
    return reading.oneHot();
  }

  /** The row that was asked for, as far as that can be checked without the table. */
  int row() {
    return Parse.whole("--row", row, 0, Integer.MAX_VALUE);
  }

  /** Reads the table and checks that it has the row. */
  Table read() {
    Table table = data == null ? Rentals.table() : reading.read(data);
    if (row() >= table.rows()) {
      throw new InvalidInputException(
          "--row must be between 0 and %s for %s, got %s"
              .formatted(table.rows() - 1, name().getFileName(), row));
    }
    return table;
  }
}
