package dev.quicklime.serve.model;

import dev.quicklime.tabular.TabularOptions;
import java.util.List;
import java.util.Objects;

/**
 * One row that is to be explained.
 *
 * @param model by which
 * @param data what the answer calls the rows of the request
 * @param place of the row among them, from 0
 * @param row its values, categories by their codes
 * @param options how
 */
public record RowCall(
    ServedTable model, String data, int place, List<Double> row, TabularOptions options) {

  /** Copies the row. */
  public RowCall {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(options, "options");
    row = List.copyOf(row);
  }
}
