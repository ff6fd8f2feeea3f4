package dev.quicklime.spark.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.ClassExplanation;
import dev.quicklime.Explanation;
import dev.quicklime.Provenance;
import dev.quicklime.ShardedExplanation;
import dev.quicklime.files.ExplanationJson;
import dev.quicklime.image.Image;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.model.Target;
import dev.quicklime.run.Stage;
import dev.quicklime.segment.PlacedSegments;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LinearFit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.ArraySeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Turns explanations into rows of {@link ResultColumns}, in the collections of Scala that Spark's
 * encoders take. Stateless.
 */
public final class ResultRows {

  private ResultRows() {}

  /** What rows have of an explanation, however its samples were scored. */
  private record Told(
      Image picture,
      PlacedSegments superpixels,
      int segments,
      Target target,
      int samples,
      List<ClassExplanation> classes,
      List<Double> localTargets,
      Map<String, Double> timings,
      Provenance provenance,
      List<String> notices) {}

  /**
   * A row for each explained class.
   *
   * @param path what the picture is called
   * @param content digest of its bytes
   * @param run names model and options
   */
  public static List<Row> of(String path, String content, String run, Explanation explanation) {
    return rows(
        path,
        content,
        run,
        new Told(
            explanation.picture(),
            explanation.superpixels(),
            explanation.segments().count(),
            explanation.target(),
            explanation.samples().rows() - 1,
            explanation.classes(),
            IntStream.range(0, explanation.classes().size())
                .mapToObj(explanation::localTarget)
                .toList(),
            timings(explanation),
            explanation.provenance(),
            explanation.notices()));
  }

  /**
   * The same of an explanation whose samples many processes have scored; it has no timings.
   *
   * @param path what the picture is called
   * @param content digest of its bytes
   * @param run names model and options
   */
  public static List<Row> of(
      String path, String content, String run, ShardedExplanation explanation) {
    Image picture = explanation.picture();
    SegmentMap segments = explanation.perturbation().segments();
    return rows(
        path,
        content,
        run,
        new Told(
            picture,
            PlacedSegments.of(
                segments,
                explanation.placement(),
                picture.width(),
                picture.height(),
                picture.width(),
                picture.height()),
            segments.count(),
            explanation.target(),
            explanation.rows() - 1,
            explanation.classes(),
            explanation.localTargets(),
            Map.of(),
            explanation.provenance(),
            explanation.notices()));
  }

  private static List<Row> rows(String path, String content, String run, Told told) {
    Seq<Object> superpixels = new ArraySeq.ofInt(told.superpixels().runs());
    scala.collection.Map<String, Double> timings = CollectionConverters.asScala(told.timings());
    ObjectNode provenance = ExplanationJson.provenance(told.provenance());
    List<Row> rows = new ArrayList<>();
    for (int rank = 0; rank < told.classes().size(); rank++) {
      ClassExplanation explained = told.classes().get(rank);
      ScoredClass scored = explained.scored();
      LinearFit fit = explained.fit();
      rows.add(
          row(
              path,
              content,
              run,
              told.provenance().options().seed(),
              told.picture().width(),
              told.picture().height(),
              rank,
              scored.index(),
              scored.label(),
              scored.score(),
              finite(scored.probability()),
              told.target().name().toLowerCase(Locale.ROOT),
              fit.intercept(),
              fit.localPrediction(),
              finite(fit.r2()),
              doubles(fit.coefficients()),
              fit.intervals() instanceof Intervals.Margins margins
                  ? new ArraySeq.ofRef<>(
                      margins.halfWidths().stream().map(ResultRows::finite).toArray(Double[]::new))
                  : null,
              told.segments(),
              told.samples(),
              superpixels,
              new ArraySeq.ofRef<>(
                  Stream.concat(told.notices().stream(), fit.notices().stream())
                      .toArray(String[]::new)),
              timings,
              provenance.toString(),
              null,
              finite(told.localTargets().get(rank))));
    }
    return rows;
  }

  /**
   * The row of a picture that could not be explained.
   *
   * @param path what it is called, or null where it has no name
   * @param content digest of its bytes, or null where it has none
   * @param error why, in one line
   */
  public static Row failed(
      @Nullable String path, @Nullable String content, String run, String error) {
    Object[] values = new Object[ResultColumns.all().length()];
    values[0] = path;
    values[1] = content;
    values[2] = run;
    values[ResultColumns.all().fieldIndex(ResultColumns.ERROR)] =
        error.replaceAll("\\s*\\R\\s*", " ");
    return RowFactory.create(values);
  }

  private static Seq<Object> doubles(List<Double> values) {
    return new ArraySeq.ofDouble(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static Map<String, Double> timings(Explanation explanation) {
    Map<String, Double> timings = new HashMap<>();
    for (Stage stage : Stage.ofPictures()) {
      timings.put(stage.key(), explanation.timings().of(stage));
    }
    timings.put("total", explanation.timings().total());
    return timings;
  }

  private static @Nullable Double finite(@Nullable Double value) {
    return value == null || !Double.isFinite(value) ? null : value;
  }

  private static Row row(@Nullable Object... values) {
    return RowFactory.create(values);
  }
}
