package dev.quicklime.cli.tabular;

import dev.quicklime.files.csv.CsvFile;
import dev.quicklime.files.csv.CsvOptions;
import dev.quicklime.model.RowModel;
import dev.quicklime.tabular.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/**
 * A table to try out, and a model of it whose workings are no secret: the weather of 240 made-up
 * days, and how many bicycles a town would rent out on each. Fewest when it is cold or hot, each
 * millimetre of rain takes 8 %, each km/h of wind 1 % of the best, and days of rest differ.
 */
public final class Rentals {

  /** Name of the table. */
  public static final String FILE = "rentals.csv";

  private static final double BEST_TEMPERATURE = 24;
  private static final double TEMPERATURE_RANGE = 12;

  private Rentals() {}

  /** The table. */
  public static Table table() {
    try (InputStream in = Objects.requireNonNull(Rentals.class.getResourceAsStream(FILE), FILE)) {
      return CsvFile.read(
          FILE,
          new InputStreamReader(in, StandardCharsets.UTF_8),
          CsvOptions.defaults().withCategorical(Set.of("day")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The model. */
  public static RowModel model() {
    return RowModel.of(
        "bicycle rentals",
        rows -> {
          double[][] rented = new double[rows.length][1];
          for (int i = 0; i < rows.length; i++) {
            rented[i][0] = rented(rows[i]);
          }
          return rented;
        });
  }

  /** Temperature in °C, wind in km/h, rain in mm, and the kind of day in alphabetical order. */
  private static double rented(double[] day) {
    double cold = (day[0] - BEST_TEMPERATURE) / TEMPERATURE_RANGE;
    double kind =
        switch ((int) day[3]) {
          case 0 -> 0.8; // holiday
          case 1 -> 1.25; // weekend
          default -> 1;
        };
    return 900 * kind * Math.exp(-0.5 * cold * cold - 0.08 * day[2]) * (1 - 0.01 * day[1]);
  }
}
