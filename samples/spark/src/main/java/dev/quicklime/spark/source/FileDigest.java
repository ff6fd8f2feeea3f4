package dev.quicklime.spark.source;

import dev.quicklime.spark.shipping.Sha256;
import java.io.IOException;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The digest of a file's content beside its name, or null where it cannot be read.
 *
 * @param bytes reads it
 */
public record FileDigest(FileBytes bytes) implements MapFunction<String, Row> {

  @Override
  public Row call(String path) {
    try {
      return RowFactory.create(path, Sha256.hex(bytes.read(path)));
    } catch (IOException e) {
      // Explaining says what is wrong with it.
      return RowFactory.create(path, null);
    }
  }
}
