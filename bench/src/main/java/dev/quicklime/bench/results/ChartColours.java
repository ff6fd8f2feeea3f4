package dev.quicklime.bench.results;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;

/**
 * Colours of a chart, on paper or on a dark screen.
 *
 * @param ground behind everything
 * @param ink of text
 * @param muted of less important text
 * @param rule of lines
 * @param series of what is compared, told apart by colour-blind people too
 */
record ChartColours(Color ground, Color ink, Color muted, Color rule, List<Color> series) {

  static final ChartColours LIGHT =
      new ChartColours(
          new Color(0xffffff),
          new Color(0x1b2126),
          new Color(0x5f6971),
          new Color(0xdde2e6),
          colours(0x1f5f9e, 0xc4520a, 0x5c7f00, 0x8a3ea0, 0x66707a, 0x0b8a8f));

  static final ChartColours DARK =
      new ChartColours(
          new Color(0x1c2024),
          new Color(0xe7eaec),
          new Color(0x9aa4ac),
          new Color(0x343b41),
          colours(0x7fb6ea, 0xf4a259, 0xb6d84a, 0xd39be6, 0x9aa4ac, 0x5fd0d4));

  /** Copies the colours. */
  ChartColours {
    series = List.copyOf(series);
  }

  Color series(int index) {
    return series.get(index % series.size());
  }

  private static List<Color> colours(int... rgb) {
    return Arrays.stream(rgb).mapToObj(Color::new).toList();
  }
}
