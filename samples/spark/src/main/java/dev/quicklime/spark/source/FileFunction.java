package dev.quicklime.spark.source;

import dev.quicklime.spark.result.PictureFunction;
import dev.quicklime.spark.result.ResultRows;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * Reads a picture file and explains it.
 *
 * @param bytes reads it
 * @param function explains it
 */
public record FileFunction(FileBytes bytes, PictureFunction function)
    implements FlatMapFunction<String, Row> {

  @Override
  public Iterator<Row> call(String path) {
    byte[] file;
    try {
      file = bytes.read(path);
    } catch (IOException e) {
      String why =
          e instanceof FileNotFoundException ? "there is no such file" : String.valueOf(e);
      return List.of(
              ResultRows.failed(path, null, function.spec().run(), "cannot be read: " + why))
          .iterator();
    }
    return function.rows(path, file).iterator();
  }
}
