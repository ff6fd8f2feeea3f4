package dev.quicklime.cli.report;

import dev.quicklime.ClassExplanation;
import java.util.stream.Stream;

/** Figures of one class. */
final class ClassFigures {

  private static final int TAGS = 5;
  private static final int WASH = 0xf1f3f4;
  private static final int EDGE = 0x1b2126;
  private static final int GRAYS = 24;

  private final Subject subject;
  private final String label;
  private final String prefix;
  private final ShownWeights weights;

  ClassFigures(Subject subject, ClassExplanation explained) {
    this.subject = subject;
    this.label = explained.scored().label();
    this.prefix = "class-" + explained.scored().index() + "-";
    this.weights = new ShownWeights(explained.fit(), subject.input().show());
  }

  /** The weights that are shown. */
  ShownWeights weights() {
    return weights;
  }

  /**
   * The superpixels that speak for the class, the rest dimmed; those against it if only they are
   * shown.
   */
  Figure parts() {
    boolean negative = weights.show() == Show.NEGATIVE;
    Pixels pixels = subject.picture().copy();
    int[] rgb = pixels.rgb();
    boolean[] edges = subject.grid().edges(j -> isPart(j, negative), subject.line());
    for (int i = 0; i < rgb.length; i++) {
      int superpixel = subject.grid().label(i);
      if (superpixel == LabelGrid.OUTSIDE) {
        continue;
      }
      if (!isPart(superpixel, negative)) {
        rgb[i] = edges[i] ? Pixels.mix(dimmed(rgb[i]), EDGE, 0.6) : dimmed(rgb[i]);
      }
    }
    var parts = weights.strongest().stream().filter(j -> isPart(j, negative)).toList();
    var tagged = parts.subList(0, Math.min(TAGS, parts.size()));
    Plate plate = Plate.of(pixels);
    NumberTags.draw(plate.graphics(), subject.grid(), tagged, subject.size());
    String sign = negative ? "negative" : "positive";
    String caption =
        switch (parts.size()) {
          case 0 -> "No superpixel has a %s weight.".formatted(sign);
          case 1 -> "The one superpixel with a %s weight; the rest is dimmed.".formatted(sign);
          default ->
              "The %d superpixels with a %s weight; the rest is dimmed. Numbers mark the strongest."
                  .formatted(parts.size(), sign);
        };
    return plate.figure(
        prefix + sign + ".png",
        negative ? "What speaks against “" + label + "”" : "What speaks for “" + label + "”",
        caption + subject.geometry(),
        parts.isEmpty()
            ? caption
            : "Superpixels with a %s weight for %s, the strongest first: %s."
                .formatted(sign, label, weights.list(parts.stream().limit(WeightChart.MOST))));
  }

  private boolean isPart(int superpixel, boolean negative) {
    if (superpixel == LabelGrid.OUTSIDE) {
      return false;
    }
    double weight = weights.weight(superpixel);
    return negative ? weight < 0 : weight > 0;
  }

  private static int dimmed(int rgb) {
    return Pixels.mix(0x010101 * coarse(Pixels.gray(rgb)), WASH, 0.62);
  }

  /**
   * Fewer grays than there are: none is missed where they are faint, and the file is half as long.
   */
  private static int coarse(int gray) {
    return Math.round(Math.round(gray * (GRAYS - 1) / 255f) * 255f / (GRAYS - 1));
  }

  /** Every superpixel in the colour of its weight. */
  Figure heatMap() {
    Heat heat = Heat.upTo(weights.largest());
    Pixels pixels = subject.picture().copy();
    int[] rgb = pixels.rgb();
    boolean[] edges = subject.grid().edges(this::isColoured, subject.line());
    for (int i = 0; i < rgb.length; i++) {
      int superpixel = subject.grid().label(i);
      if (superpixel != LabelGrid.OUTSIDE) {
        int gray = Pixels.gray(Pixels.mix(0x010101 * coarse(Pixels.gray(rgb[i])), 0xffffff, 0.62));
        int colour = heat.over(gray, weights.weight(superpixel));
        rgb[i] = edges[i] ? Pixels.mix(colour, EDGE, 0.35) : colour;
      }
    }
    ColourBar bar = new ColourBar(heat, weights.show(), subject.unit().axis());
    int width = Plate.panelWidth(subject.size().width());
    Typeface type = Typeface.forWidth(width);
    Plate plate = Plate.withPanel(pixels, ColourBar.height(type));
    bar.draw(plate.graphics(), type, subject.size().height(), width);
    NumberTags.draw(plate.graphics(), subject.grid(), weights.strongest(TAGS), subject.size());
    return plate.figure(
        prefix + "heatmap.png",
        "Weights of “" + label + "” over the picture",
        heatCaption() + subject.geometry(),
        weights.count() == 0
            ? "Heat map without colour: no weight is shown."
            : "Heat map of the weights for %s, in units of %s, the strongest first: %s."
                .formatted(
                    label,
                    subject.unit().noun(),
                    weights.list(weights.strongest(WeightChart.MOST).stream())));
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
  Figure chart() {
    int shown = weights.strongest(WeightChart.MOST).size();
    Stream<Integer> strongest = weights.strongest(WeightChart.MOST).stream();
    String which =
        shown == weights.count()
            ? "All weights that are not 0"
            : "The %d strongest of %d weights".formatted(shown, weights.count());
    if (weights.count() == 0) {
      which = "No weight is shown: " + none();
    } else {
      which +=
          weights.hasMargins()
              ? ", by superpixel; whiskers are 95 % intervals."
              : ", by superpixel.";
    }
    return WeightChart.draw(weights, subject.unit(), label)
        .figure(
            prefix + "weights.png",
            "Strongest weights of “" + label + "”",
            which,
            weights.count() == 0
                ? which
                : "Bar chart of the weights for %s, in units of %s: %s."
                    .formatted(label, subject.unit().noun(), weights.list(strongest)));
  }
}
