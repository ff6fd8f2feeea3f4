package dev.quicklime.serve.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.image.Layout;
import dev.quicklime.image.Preprocessing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What sizes and numbers of a predictor mean. */
final class Shapes {

  private static final int DIMENSIONS = 4;

  private Shapes() {}

  /** A list of whole numbers. */
  static List<Long> sizes(JsonNode shape, String what) {
    List<Long> sizes = new ArrayList<>();
    for (JsonNode size : shape) {
      // Some write them as texts.
      String text = size.isTextual() || size.isIntegralNumber() ? size.asText() : "";
      if (!text.matches("-?[0-9]{1,18}")) {
        throw Faults.wrong(what + " of whole sizes", Faults.line(shape.toString()));
      }
      sizes.add(Long.valueOf(text));
    }
    return sizes;
  }

  /** Refuses what is no tensor of pictures. */
  static void check(List<Long> sizes) {
    if (sizes.size() != DIMENSIONS || sizes.stream().anyMatch(size -> size == 0 || size < -1)) {
      throw Faults.wrong(
          "an input of 4 sizes, of pictures, channels, height and width", sizes.toString());
    }
  }

  /**
   * Where the channels are.
   *
   * @param asked what was asked for, or null
   */
  static Layout layout(List<Long> sizes, int channels, @Nullable Layout asked) {
    boolean first = sizes.get(1) == channels || sizes.get(1) == -1;
    boolean last = sizes.get(3) == channels || sizes.get(3) == -1;
    if (asked != null ? !(asked == Layout.NCHW ? first : last) : !(first || last)) {
      throw Faults.wrong(
          "an input with %s channels, as many as mean and std have%s"
              .formatted(
                  channels,
                  asked == null ? "" : asked == Layout.NCHW ? ", in second place" : ", at the end"),
          sizes.toString());
    }
    if (asked != null) {
      return asked;
    }
    boolean surelyLast = sizes.get(3) == channels && sizes.get(1) != channels;
    return first && !surelyLast ? Layout.NCHW : Layout.NHWC;
  }

  /** The input at the size that a predictor says, where it says one. */
  static Preprocessing sized(
      Preprocessing asked, List<Long> sizes, Layout layout, List<String> decisions) {
    long height = sizes.get(layout == Layout.NCHW ? 2 : 1);
    long width = sizes.get(layout == Layout.NCHW ? 3 : 2);
    Preprocessing sized = asked.withSize(side(width, asked.width()), side(height, asked.height()));
    if (!sized.equals(asked)) {
      decisions.add(
          "pictures of %s×%s, as the predictor says".formatted(sized.width(), sized.height()));
    }
    return sized;
  }

  private static int side(long said, int asked) {
    return said < 0 ? asked : (int) Math.min(said, Integer.MAX_VALUE);
  }

  /** The input of numbers of a type: whole levels are left as they are. */
  static Preprocessing levels(Preprocessing asked, TensorType type, List<String> decisions) {
    if (type != TensorType.UINT8 || asked.leavesLevels()) {
      return asked;
    }
    decisions.add("levels from 0 to 255 as they are, since they are sent as UINT8");
    return asked.withoutNormalization();
  }

  /** A score. */
  static double score(JsonNode value, String where) {
    double score = value.isNumber() ? value.asDouble() : Double.NaN;
    if (!Double.isFinite(score)) {
      throw Faults.wrong("finite scores", "%s in %s".formatted(Json.kind(value), where));
    }
    return score;
  }
}
