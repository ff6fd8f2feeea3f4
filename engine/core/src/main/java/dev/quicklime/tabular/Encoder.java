package dev.quicklime.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns rows of a table into a model's inputs. Immutable. */
final class Encoder {

  private final List<Column> columns;
  private final boolean oneHot;
  private final List<String> names = new ArrayList<>();

  Encoder(List<Column> columns, boolean oneHot) {
    this.columns = columns;
    this.oneHot = oneHot;
    for (Column column : columns) {
      if (oneHot && column instanceof Column.Categorical categorical) {
        categorical.categories().forEach(c -> names.add(column.name() + "=" + c.value()));
      } else {
        names.add(column.name());
      }
    }
  }

  /** Names of the inputs, in order. */
  List<String> names() {
    return names;
  }

  /** The inputs of some rows. */
  double[] encode(double[] values, int first, int count) {
    int width = columns.size();
    if (names.size() == width && !oneHot) {
      return Arrays.copyOfRange(values, first * width, (first + count) * width);
    }
    double[] inputs = new double[Math.multiplyExact(count, names.size())];
    int at = 0;
    for (int row = first; row < first + count; row++) {
      for (int j = 0; j < width; j++) {
        double value = values[row * width + j];
        if (columns.get(j) instanceof Column.Categorical column) {
          inputs[at + column.indexOf(value)] = 1;
          at += column.categories().size();
        } else {
          inputs[at++] = value;
        }
      }
    }
    return inputs;
  }
}
