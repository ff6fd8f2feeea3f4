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
      return List.of(unread(path, function.spec().run(), e)).iterator();
    }
    return function.rows(path, file).iterator();
  }

  /** The row of a file that cannot be read. */
  public static Row unread(String path, String run, IOException e) {
    String why = e instanceof FileNotFoundException ? "there is no such file" : e.toString();
    return ResultRows.failed(path, null, run, "cannot be read: " + why);
  }
}
