package dev.quicklime.report.figure;

import dev.quicklime.ClassExplanation;
import dev.quicklime.report.chart.IntervalBars;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.Heat;
import dev.quicklime.report.drawing.Pixels;
import dev.quicklime.report.drawing.Plate;
import dev.quicklime.report.drawing.Typeface;
import dev.quicklime.report.text.Numbers;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Figures of one class. */
public final class ClassFigures {

  private static final int CLEAR = 0;
  private static final int MOST_NAMED = 60;

  /** How many superpixels have their numbers on them. */
  public static final int TAGS = 5;

  private static final int WASH = 0xf1f3f4;
  private static final double DIMMED = 0.8;
  private static final int EDGE = Pixels.veil(Heat.EDGE, 0.6);
  private static final int ALONG = Pixels.veil(Heat.POSITIVE, 1);
  private static final int AGAINST = Pixels.veil(Heat.NEGATIVE, 1);
  private static final int CASING = Pixels.veil(0xffffff, 0.85);

  private final Subject subject;
  private final String label;
  private final String prefix;
  private final ShownWeights weights;

  /** Figures of one class of a picture; nothing is drawn yet. */
  public ClassFigures(Subject subject, ClassExplanation explained) {
    this.subject = subject;
    this.label = explained.scored().label();
    this.prefix = "class-" + explained.scored().index() + "-";
    this.weights = new ShownWeights(explained.fit(), subject.show());
  }

  /** The weights that are shown. */
  public ShownWeights weights() {
    return weights;
  }

  /**
   * The superpixels that speak for the class, the rest dimmed; those against it if only they are
   * shown.
   */
  public Figure parts() {
    boolean negative = weights.show() == Show.NEGATIVE;
    IntPredicate chosen = j -> isPart(j, negative);
    boolean[] edges = subject.grid().edges(chosen, subject.line());
    BufferedImage lines =
        layer(i -> edges[i] && !chosen.test(subject.grid().label(i)) ? EDGE : CLEAR);
    Shape region = subject.region(chosen);
    Consumer<Graphics2D> colour =
        g -> {
          // A clip of nothing is none at all in PDF.
          if (!region.getBounds2D().isEmpty()) {
            g.clip(region);
            g.drawImage(subject.prints().colour(), 0, 0, null);
          }
        };
    Plate plate =
        Plate.of(subject.prints().pale())
            .draw(
                colour,
                g -> {
                  // Its inner half lies beneath the colours.
                  outlines().edge(g, chosen, EDGE, 2 * subject.line());
                  colour.accept(g);
                })
            .draw(g -> g.drawImage(lines, 0, 0, null), _ -> {});
    var parts = weights.strongest().stream().filter(chosen::test).toList();
    tag(plate, parts.subList(0, Math.min(TAGS, parts.size())));
    String sign = negative ? "negative" : "positive";
    String caption =
        switch (parts.size()) {
          case 0 -> "No superpixel has a %s weight.".formatted(sign);
          case 1 -> "The one superpixel with a %s weight; the rest is dimmed.".formatted(sign);
          default ->
              "The %s superpixels with a %s weight; the rest is dimmed. Numbers mark the strongest."
                  .formatted(parts.size(), sign);
        };
    return plate.figure(
        prefix + sign,
        negative ? "What speaks against “" + label + "”" : "What speaks for “" + label + "”",
        caption + subject.geometry(),
        parts.isEmpty()
            ? caption
            : "Superpixels with a %s weight for %s, the strongest first: %s."
                .formatted(sign, label, weights.list(parts.stream().limit(IntervalBars.MOST))));
  }

  /** A layer over the picture, a colour with its opacity for each pixel that the model gets. */
  private BufferedImage layer(IntUnaryOperator colour) {
    LabelGrid grid = subject.grid();
    Pixels pixels = subject.picture().clear();
    int[] argb = pixels.rgb();
    for (int i = 0; i < argb.length; i++) {
      argb[i] = grid.label(i) == LabelGrid.OUTSIDE ? CLEAR : colour.applyAsInt(i);
    }
    return pixels.layer();
  }

  private OutlineLayers outlines() {
    return new OutlineLayers(subject);
  }

  private void tag(Plate plate, List<Integer> superpixels) {
    plate.draw(g -> NumberTags.draw(g, subject.grid(), superpixels, subject.size()));
  }

  private boolean isPart(int superpixel, boolean negative) {
    if (superpixel == LabelGrid.OUTSIDE) {
      return false;
    }
    double weight = weights.weight(superpixel);
    return negative ? weight < 0 : weight > 0;
  }

  /** The superpixels that speak for the class and those against it, the stronger the clearer. */
  public Figure both() {
    boolean[] edges = subject.grid().edges(this::isColoured, subject.line());
    Heat heat = Heat.upTo(weights.largest());
    int[] colours = IntStream.range(0, subject.grid().count()).map(j -> tint(heat, j)).toArray();
    BufferedImage tints = layer(i -> edges[i] ? EDGE : colours[subject.grid().label(i)]);
    Plate plate =
        Plate.of(subject.prints().gray())
            .draw(
                g -> g.drawImage(tints, 0, 0, null),
                g -> {
                  outlines().fill(g, j -> colours[j]);
                  outlines().edge(g, this::isColoured, EDGE, subject.line());
                });
    tag(plate, weights.strongest(TAGS));
    return plate.figure(
        prefix + "both",
        "What speaks for and against “" + label + "”",
        bothCaption() + subject.geometry(),
        weights.count() == 0
            ? bothCaption()
            : "Superpixels for and against %s, the strongest first: %s."
                .formatted(label, weights.list(weights.strongest(IntervalBars.MOST).stream())));
  }

  private int tint(Heat heat, int superpixel) {
    double weight = weights.weight(superpixel);
    return weight == 0
        ? Pixels.veil(WASH, DIMMED)
        : Pixels.veil(weight < 0 ? Heat.NEGATIVE : Heat.POSITIVE, heat.tint(weight));
  }

  private String bothCaption() {
    if (weights.count() == 0) {
      return "No weight is shown: " + none();
    }
    long negative = weights.strongest().stream().filter(j -> weights.weight(j) < 0).count();
    String strength = " The stronger the weight, the stronger the tint.";
    return switch (weights.show()) {
      case BOTH ->
          "Orange: %s with a positive weight; blue: %s with a negative one."
                  .formatted(Numbers.counted(weights.count() - negative, "superpixel"), negative)
              + strength;
      case POSITIVE ->
          "Orange: %s with a positive weight; negative ones are not shown."
                  .formatted(Numbers.counted(weights.count(), "superpixel"))
              + strength;
      case NEGATIVE ->
          "Blue: %s with a negative weight; positive ones are not shown."
                  .formatted(Numbers.counted(weights.count(), "superpixel"))
              + strength;
    };
  }

  /** The picture with the edges of the superpixels that have a weight. */
  public Figure boundary() {
    int line = subject.line();
    boolean[] casing = subject.grid().edges(this::isColoured, 4 * line);
    boolean[] against = subject.grid().edges(j -> isPart(j, true), 2 * line);
    boolean[] along = subject.grid().edges(j -> isPart(j, false), 2 * line);
    BufferedImage lines =
        layer(
            i -> {
              if (along[i]) {
                return ALONG;
              }
              return against[i] ? AGAINST : casing[i] ? CASING : CLEAR;
            });
    Plate plate =
        Plate.of(subject.prints().colour())
            .draw(
                g -> g.drawImage(lines, 0, 0, null),
                g -> {
                  outlines().edge(g, this::isColoured, CASING, 4 * line);
                  outlines().edge(g, j -> isPart(j, true), AGAINST, 2 * line);
                  outlines().edge(g, j -> isPart(j, false), ALONG, 2 * line);
                });
    // All that tables and charts name.
    tag(plate, weights.strongest(IntervalBars.MOST));
    return plate.figure(
        prefix + "boundary",
        "Boundaries of the superpixels of “" + label + "”",
        (weights.count() == 0
                ? "No weight is shown: " + none()
                : "The %s that %s a weight, edged in orange where it is positive%s."
                        .formatted(
                            Numbers.counted(weights.count(), "superpixel"),
                            weights.count() == 1 ? "has" : "have",
                            weights.show() == Show.POSITIVE ? "" : ", in blue where it is negative")
                    + numbered())
            + subject.geometry(),
        weights.count() == 0
            ? "The picture without any boundary: no weight is shown."
            : "The picture with the boundaries of superpixels %s."
                .formatted(
                    weights.strongest().stream()
                        .sorted()
                        .limit(MOST_NAMED)
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "))));
  }

  private String numbered() {
    return weights.count() > IntervalBars.MOST
        ? " Numbers mark the %s strongest.".formatted(IntervalBars.MOST)
        : "";
  }

  /** Every superpixel in the colour of its weight. */
  public Figure heatMap() {
    HeatLayer heat = heatLayer();
    ColourBar bar = new ColourBar(heat.heat(), weights.show(), subject.unit().axis());
    int width = Plate.panelWidth(subject.size().width());
    Typeface type = subject.size().type();
    return heatMap(
        Plate.withPanel(subject.prints().pale(), ColourBar.height(type))
            .draw(g -> bar.draw(g, type, subject.size().height(), width)),
        heat);
  }

  /** The same without the key to its colours. */
  public Figure heatMapAlone() {
    return heatMap(Plate.of(subject.prints().pale()), heatLayer());
  }

  /** The key to the colours. */
  public ColourKey heatKey() {
    return ColourKey.of(heatLayer().heat(), weights.show(), subject.unit().axis());
  }

  private HeatLayer heatLayer() {
    return new HeatLayer(subject.grid(), weights, subject.line());
  }

  private Figure heatMap(Plate plate, HeatLayer heat) {
    BufferedImage colours = layer(heat::argb);
    plate.draw(
        g -> g.drawImage(colours, 0, 0, null),
        g -> {
          outlines().fill(g, heat::inner);
          for (int superpixel : weights.strongest().reversed()) {
            outlines().edge(g, j -> j == superpixel, heat.edge(superpixel), subject.line());
          }
        });
    tag(plate, weights.strongest(TAGS));
    return plate.figure(
        prefix + "heatmap",
        "Weights of “" + label + "” over the picture",
        heatCaption() + subject.geometry(),
        weights.count() == 0
            ? "Heat map without colour: no weight is shown."
            : "Heat map of the weights for %s, in units of %s, the strongest first: %s."
                .formatted(
                    label,
                    subject.unit().noun(),
                    weights.list(weights.strongest(IntervalBars.MOST).stream())));
  }

  private boolean isColoured(int superpixel) {
    return superpixel != LabelGrid.OUTSIDE && weights.weight(superpixel) != 0;
  }

  private String heatCaption() {
    if (weights.count() == 0) {
      return "No weight is shown: " + none();
    }
    String signs =
        switch (weights.show()) {
          case BOTH -> "Orange speaks for the class, blue against it";
          case POSITIVE -> "Orange speaks for the class; weights below 0 are not shown";
          case NEGATIVE -> "Blue speaks against the class; weights above 0 are not shown";
        };
    return signs + ". Numbers mark the strongest superpixels.";
  }

  private String none() {
    return switch (weights.show()) {
      case BOTH -> "all are 0.";
      case POSITIVE -> "none is above 0.";
      case NEGATIVE -> "none is below 0.";
    };
  }

  /** The strongest weights as bars. */
  public Figure chart() {
    return chart(IntervalBars.MOST, IntervalBars.WIDTH);
  }

  /**
   * The same with fewer bars.
   *
   * @param most how many
   * @param width of the chart, in units in which letters are 14 high
   */
  public Figure chart(int most, int width) {
    return chart(most, panel -> IntervalBars.draw(List.of(panel), width));
  }

  /**
   * The same with bars that lie closer and without a title.
   *
   * @param most how many
   * @param width of the chart, in units in which letters are 14 high
   * @param height of it
   */
  public Figure chart(int most, int width, int height) {
    return chart(most, panel -> IntervalBars.draw(panel, width, height));
  }

  /**
   * All that are drawn as a file, in bars that lie closer and without a title.
   *
   * @param width of the chart, in units in which letters are 14 high
   */
  public Figure closeChart(int width) {
    return chart(IntervalBars.MOST, panel -> IntervalBars.drawClose(panel, width));
  }

  private Figure chart(int most, Function<IntervalBars.Panel, Plate> drawn) {
    int shown = weights.strongest(most).size();
    Stream<Integer> strongest = weights.strongest(most).stream();
    String which =
        shown == weights.count()
            ? "All weights that are not 0"
            : "The %s strongest of %s weights".formatted(shown, weights.count());
    if (weights.count() == 0) {
      which = "No weight is shown: " + none();
    } else {
      which +=
          weights.hasMargins()
              ? ", by superpixel; whiskers are 95 % intervals."
              : ", by superpixel.";
    }
    List<IntervalBars.Bar> bars =
        weights.strongest(most).stream()
            .map(
                j ->
                    new IntervalBars.Bar(Integer.toString(j), weights.weight(j), weights.margin(j)))
            .toList();
    return drawn
        .apply(new IntervalBars.Panel(label, "superpixel", subject.unit().axis(), bars))
        .figure(
            prefix + "weights",
            "Strongest weights of “" + label + "”",
            which,
            weights.count() == 0
                ? which
                : "Bar chart of the weights for %s, in units of %s: %s."
                    .formatted(label, subject.unit().noun(), weights.list(strongest)));
  }
}
