package dev.quicklime.report.text;

import dev.quicklime.fidelity.Look;
import dev.quicklime.fidelity.Stopping;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.perturb.Fill;
import dev.quicklime.run.Stage;
import dev.quicklime.segment.SegmentMap;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in words what the engine says in types. */
public final class Words {

  private Words() {}

  /** What stands in for a superpixel that is not shown, to be read after "replaced by". */
  public static String fill(Fill fill) {
    return switch (fill) {
      case Fill.SegmentMean _ -> "its own mean colour";
      case Fill.ImageMean _ -> "the mean colour of the picture";
      case Fill.Constant(List<Double> levels) ->
          levels.stream().allMatch(v -> v == 128)
              ? "gray"
              : levels.stream().allMatch(v -> v == 0) ? "black" : "one colour";
      case Fill.Blur _ -> "a blurred copy of itself";
    };
  }

  /** What a part of the time was spent on. */
  public static String stage(Stage stage) {
    return switch (stage) {
      case READ -> "open the picture";
      case RESIZE -> "fit it to the model's input";
      case SEGMENT -> "find superpixels";
      case MASKS -> "draw masks";
      case SETTLE -> "choose precision and batch";
      case COMPOSE -> "compose samples";
      case FORWARD -> "classify samples";
      case SURROGATE -> "fit weights";
      case DRAW -> "draw rows";
      case BACKWARD -> "gradients";
      case MAPS -> "weigh and add maps";
    };
  }

  /** Why sampling ended, in a clause. */
  public static String stopping(Stopping stopping) {
    Look last = stopping.last();
    String error =
        Double.isFinite(last.reached())
            ? "largest standard error %s %% of the range of the weights%s, all errors under %s %% with 95 %% confidence%s"
                .formatted(
                    Numbers.significant(100 * last.reached(), 3),
                    asked(stopping.bound()),
                    Numbers.significant(100 * last.largestError(), 3),
                    asked(stopping.errorBound()))
            : "too few samples for standard errors";
    String kept =
        stopping.looks().size() > 1
            ? String.format(
                Locale.ROOT,
                ", %.0f %% of the %d strongest superpixels as at the look before",
                100 * last.kept(),
                stopping.strongest())
            : "";
    return "%s %s of %s samples: %s%s"
        .formatted(
            stopping.met() ? "stopped after" : "not steady after",
            last.samples(),
            stopping.limit(),
            error,
            kept);
  }

  private static String asked(double bound) {
    return bound > 0
        ? " (asked: %s %%)"
            .formatted(Numbers.significant(100 * bound, 3).replaceFirst("\\.0+$", ""))
        : "";
  }

  /**
   * A class by its number and name; a name that is nothing but the number says it once.
   *
   * @param label what {@code Labels.name} calls it
   */
  public static String numbered(int index, String label) {
    String unnamed = "class " + index;
    return label.equals(unnamed) ? unnamed : index + " " + label;
  }

  /** The number format of samples, and that of whole pictures where it is another. */
  public static String precision(ClassifierInfo model) {
    return model.hasOriginalPrecision()
        ? "%s (scores of whole pictures in %s)"
            .formatted(model.precision(), model.originalPrecision())
        : model.precision();
  }

  /**
   * A time in the unit that says it in three digits, as {@code 4.12 ms}, {@code 1.03 s}, {@code 2
   * min 5 s} or {@code 1 h 3 min}.
   */
  public static String duration(double milliseconds) {
    if (milliseconds < 999.5) {
      return digits(milliseconds) + " ms";
    }
    if (milliseconds < 99_950) {
      return digits(milliseconds / 1000) + " s";
    }
    long seconds = Math.round(milliseconds / 1000);
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }

  private static String digits(double value) {
    return String.format(
        Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
  }

  /** A text as plain terminals show it: R2 for R². */
  public static String ascii(String text) {
    return text.replace('²', '2');
  }

  /** An option with everything in it: "Slic, segments 100, compactness 10, iterations 10". */
  public static String option(Object option) {
    return switch (option) {
      case Record record -> record(record);
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      case Double number ->
          Numbers.significant(number, 6)
              .replaceFirst("(\\.\\d*?)0+$", "$1")
              .replaceFirst("\\.$", "");
      case List<?> list -> String.join(" ", list.stream().map(Words::option).toList());
      case SegmentMap map -> "%s × %s, %s labels".formatted(map.width(), map.height(), map.count());
      default -> option.toString();
    };
  }

  /** A record as it prints itself, without its name and signs of equality. */
  public static String plain(String record) {
    return record
        .replaceFirst("^\\w+\\[(.*)]$", "$1")
        .replace('=', ' ')
        .replace("[", "")
        .replace("]", "")
        .toLowerCase(Locale.ROOT);
  }

  private static String record(Record record) {
    List<String> words = new ArrayList<>();
    words.add(spaced(record.getClass().getSimpleName()));
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        Object value = component.getAccessor().invoke(record);
        words.add(spaced(component.getName()) + " " + (value == null ? "none" : option(value)));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("an option must be a public record, got " + record, e);
      }
    }
    return String.join(", ", words);
  }

  private static String spaced(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
