package dev.quicklime.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns rows of a table into a model's inputs. Immutable. */
final class Encoder {

  private final List<Column> columns;
  private final boolean oneHot;
  private final List<String> names = new ArrayList<>();

  /** For each column that becomes several inputs, the place of each code among them. */
  private final List<Map<Double, Integer>> places = new ArrayList<>();

  Encoder(List<Column> columns, boolean oneHot) {
    this.columns = columns;
    this.oneHot = oneHot;
    for (Column column : columns) {
      if (oneHot && column instanceof Column.Categorical categorical) {
        Map<Double, Integer> own = new HashMap<>();
        for (Column.Category category : categorical.categories()) {
          names.add(column.name() + "=" + category.value());
          own.put(category.code() + 0.0, own.size());
        }
        places.add(own);
      } else {
        names.add(column.name());
        places.add(Map.of());
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
        Map<Double, Integer> own = places.get(j);
        if (own.isEmpty()) {
          inputs[at++] = value;
        } else {
          // Rows are drawn of the column's own codes, and row 0 was looked up among them.
          inputs[at + Objects.requireNonNull(own.get(value + 0.0), "code")] = 1;
          at += own.size();
        }
      }
    }
    return inputs;
  }
}
