package dev.quicklime.report.text;

import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.ResizeTo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says what a picture becomes before a model sees it. */
public final class InputWords {

  private InputWords() {}

  /** In a line: "224 x 224, short side to 256 and cropped, bilinear, mean …, std …, RGB". */
  public static String of(Preprocessing input) {
    return "%s x %s, %s, %s, mean %s, std %s, %s"
        .formatted(
            input.width(),
            input.height(),
            resize(input),
            input.interpolation().name().toLowerCase(Locale.ROOT),
            numbers(input.mean()),
            numbers(input.std()),
            input.channels() == 3 ? input.order() : input.channels() + " channels");
  }

  private static String resize(Preprocessing input) {
    ResizeTo to = input.resizeTo();
    if (to != null) {
      return to.isShortSide()
          ? "short side to %s and cropped".formatted(to.width())
          : "brought to %s x %s and cropped".formatted(to.width(), to.height());
    }
    return switch (input.resize()) {
      case STRETCH -> "stretched";
      case CROP -> "cropped";
      case PAD -> "padded";
    };
  }

  private static String numbers(List<Double> values) {
    return values.stream()
        .map(value -> new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString())
        .collect(Collectors.joining(" "));
  }
}
