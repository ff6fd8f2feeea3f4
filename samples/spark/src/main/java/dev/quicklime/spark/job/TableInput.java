package dev.quicklime.spark.job;

import static org.apache.spark.sql.functions.col;

import dev.quicklime.InvalidInputException;
import dev.quicklime.spark.source.PictureFiles;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** Reads pictures that are values of a table. Stateless. */
final class TableInput {

  private TableInput() {}

  /**
   * The pictures, with the columns {@code path} and {@code content}.
   *
   * @throws InvalidInputException if there is no such table, or it has not these columns
   */
  static Dataset<Row> read(
      SparkSession session, String format, List<String> places, String path, String content) {
    Dataset<Row> table;
    try {
      table = session.read().format(format).load(places.toArray(String[]::new));
    } catch (Exception e) {
      if (e instanceof AnalysisException || e instanceof ClassNotFoundException || unknown(e)) {
        throw new InvalidInputException(
            "--input must be tables of the format %s, got %s: %s"
                .formatted(format, String.join(", ", places), PictureFiles.firstLine(e)),
            e);
      }
      throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
    require(table, "--path-column", path);
    require(table, "--content-column", content);
    if (!table.schema().apply(content).dataType().equals(DataTypes.BinaryType)) {
      throw new InvalidInputException(
          "--content-column must be a column of bytes, binary, got %s of %s"
              .formatted(content, table.schema().apply(content).dataType().simpleString()));
    }
    return table.select(col(path).cast("string").as("path"), col(content).as("content"));
  }

  /** Spark's own word for a format that it does not have. */
  private static boolean unknown(Exception e) {
    return String.valueOf(e.getMessage()).contains("DATA_SOURCE_NOT_FOUND");
  }

  private static void require(Dataset<Row> table, String option, String name) {
    if (!Arrays.asList(table.columns()).contains(name)) {
      throw new InvalidInputException(
          "%s must be one of %s, got %s"
              .formatted(option, String.join(", ", table.columns()), name));
    }
  }
}
