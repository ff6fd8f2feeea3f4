package dev.quicklime.spark.result;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createMapType;
import static org.apache.spark.sql.types.DataTypes.createStructField;
import static org.apache.spark.sql.types.DataTypes.createStructType;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of results, in their order, to which new ones are added at the end. A row stands for
 * one explained class of a picture, or where {@code error} says why there is none, for the picture.
 *
 * <ul>
 *   <li>{@code path} of the picture, and {@code content}, the SHA-256 digest of its bytes in
 *       hexadecimal digits;
 *   <li>{@code run}, equal for equal model, options and version: rows of one picture and run have
 *       equal numbers;
 *   <li>{@code seed} that its samples were drawn by;
 *   <li>{@code width}, {@code height} of the picture;
 *   <li>{@code rank} among the explained classes from 0, {@code class} (its index), {@code label},
 *       {@code score} (raw) and {@code probability} for the picture as it is;
 *   <li>{@code target}, what of the class was explained; {@code intercept}, {@code
 *       local_prediction} and {@code r2} of the fit;
 *   <li>{@code coefficients}, one for each superpixel, and {@code margins}, how far their 95 %
 *       intervals reach to either side, null where the fit has none;
 *   <li>{@code segments} (how many superpixels), {@code samples} (rows that were scored besides the
 *       original);
 *   <li>{@code superpixels}, a label and a length in turn: runs over the picture's rows, label −1
 *       where it was cropped away before the model;
 *   <li>{@code notices}, what a reader should know of picture and class;
 *   <li>{@code timings} in milliseconds by stage;
 *   <li>{@code provenance}, as in {@code explanation.json}, JSON text;
 *   <li>{@code error}, one line, or null;
 *   <li>{@code local_target}, the target of the whole picture among its samples, in their number
 *       format, which {@code local_prediction} stands beside; {@code score} and {@code probability}
 *       are in that of {@code originalPrecision} of the provenance, which may have more bits.
 * </ul>
 */
public final class ResultColumns {

  /** Column of the picture's name. */
  public static final String PATH = "path";

  /** Column of the digest of its bytes. */
  public static final String CONTENT = "content";

  /** Column that names model and options. */
  public static final String RUN = "run";

  /** Column that says why a picture was not explained. */
  public static final String ERROR = "error";

  private static final String LOCAL_TARGET = "local_target";

  private static final StructType ALL =
      createStructType(
          List.of(
              column(PATH, StringType),
              column(CONTENT, StringType),
              column(RUN, StringType),
              column("seed", LongType),
              column("width", IntegerType),
              column("height", IntegerType),
              column("rank", IntegerType),
              column("class", IntegerType),
              column("label", StringType),
              column("score", DoubleType),
              column("probability", DoubleType),
              column("target", StringType),
              column("intercept", DoubleType),
              column("local_prediction", DoubleType),
              column("r2", DoubleType),
              column("coefficients", createArrayType(DoubleType, false)),
              column("margins", createArrayType(DoubleType, true)),
              column("segments", IntegerType),
              column("samples", IntegerType),
              column("superpixels", createArrayType(IntegerType, false)),
              column("notices", createArrayType(StringType, false)),
              column("timings", createMapType(StringType, DoubleType, false)),
              column("provenance", StringType),
              column(ERROR, StringType),
              column(LOCAL_TARGET, DoubleType)));

  /** Columns that results lack which were written before there were these. */
  private static final Set<String> LATER = Set.of(LOCAL_TARGET);

  private ResultColumns() {}

  /** The columns that results have whichever version has written them. */
  public static List<String> first() {
    return Arrays.stream(ALL.fieldNames()).filter(name -> !LATER.contains(name)).toList();
  }

  /** All columns. */
  public static StructType all() {
    return ALL;
  }

  private static StructField column(String name, DataType type) {
    return createStructField(name, type, true);
  }
}
