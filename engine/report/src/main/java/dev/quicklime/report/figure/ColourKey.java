package dev.quicklime.report.figure;

import dev.quicklime.report.drawing.Heat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The key to a heat map for a page that writes it itself, in its own letters, so that the map has
 * all of its figure.
 *
 * @param low what the first colour stands for
 * @param high what the last one stands for
 * @param axis what the numbers are, with their unit
 * @param colours from the first to the last at equal distances, each {@code #rrggbb}
 */
public record ColourKey(String low, String high, String axis, List<String> colours) {

  /** Between as many colours the map's own run as good as straight. */
  private static final int STOPS = 8;

  /** Copies the colours. */
  public ColourKey {
    colours = List.copyOf(colours);
  }

  static ColourKey of(Heat heat, Show show, String axis) {
    double limit = heat.limit();
    double low = show == Show.POSITIVE ? 0 : -limit;
    double high = show == Show.NEGATIVE ? 0 : limit;
    List<String> ends = limit == 0 ? List.of("0", "0") : new ColourBar(heat, show, axis).labels(1);
    return new ColourKey(
        ends.getFirst(),
        ends.getLast(),
        axis,
        IntStream.rangeClosed(0, STOPS)
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT, "#%06x", heat.rgb(low + (high - low) * i / STOPS) & 0xffffff))
            .toList());
  }

  /** The colours as CSS has them. */
  public String gradient() {
    return colours.stream().collect(Collectors.joining(",", "linear-gradient(to right,", ")"));
  }
}
