package dev.quicklime.serve.model;

import dev.quicklime.InvalidInputException;
import dev.quicklime.tabular.Table;
import dev.quicklime.tabular.TabularExplainer;
import java.util.Objects;

/**
 * A model of rows that is served with the table that says how its columns vary.
 *
 * @param name what routes call it: letters, digits, dots, dashes and underscores
 * @param explainer what explains it, and is closed by whoever opened it
 * @param table the columns in the order of the model's inputs, and how they vary
 * @param oneHot whether the model takes an input for each category of a column
 * @param options reads the options of requests
 */
public record ServedTable(
    String name, TabularExplainer explainer, Table table, boolean oneHot, RowOptionReader options)
    implements Served {

  /**
   * Checks the name.
   *
   * @throws InvalidInputException if routes cannot have it
   */
  public ServedTable {
    Served.checkName(name);
    Objects.requireNonNull(explainer, "explainer");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(options, "options");
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public ServedTable asked() {
    return this;
  }

  /**
   * What the model is given for a row.
   *
   * @throws InvalidInputException in one line that names the cell which does not fit the table
   */
  public double[] values(AskedRow row) {
    return row.values(table, explainer.model().singlePrecision());
  }
}
