package dev.quicklime.spark.source;

import dev.quicklime.InvalidInputException;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Lists picture files by Spark's {@code binaryFile} source, without reading any. Stateless. */
public final class PictureFiles {

  private PictureFiles() {}

  /**
   * The files in some places, folders taken with all that is below them.
   *
   * @param places paths or URIs, with the wildcards that Spark knows
   * @param glob that names must match, {@code *.jpg} for instance, or null for all
   * @return URIs, sorted
   * @throws InvalidInputException if a place is not there, or no file is
   */
  public static List<String> list(
      SparkSession session, List<String> places, @Nullable String glob) {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(places, "places");
    DataFrameReader reader =
        session.read().format("binaryFile").option("recursiveFileLookup", true);
    if (glob != null) {
      reader = reader.option("pathGlobFilter", glob);
    }
    List<String> found;
    try {
      found =
          reader
              .load(places.toArray(String[]::new))
              .select("path")
              .as(Encoders.STRING())
              .collectAsList()
              .stream()
              .sorted()
              .distinct()
              .toList();
    } catch (Exception e) {
      throw missing(places, e);
    }
    if (found.isEmpty()) {
      throw new InvalidInputException(
          "--input must have pictures, got none in "
              + String.join(", ", places)
              + (glob == null ? "" : " whose names match " + glob));
    }
    return found;
  }

  private static RuntimeException missing(List<String> places, Exception e) {
    if (e instanceof AnalysisException analysis) {
      return new InvalidInputException(
          "--input must be folders or files that are there, got %s: %s"
              .formatted(String.join(", ", places), firstLine(analysis)),
          e);
    }
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }

  /** What Spark says of something wrong, without the plan that follows it. */
  public static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }
}
