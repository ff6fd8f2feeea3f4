package dev.quicklime.report.figure;

import dev.quicklime.Explanation;
import dev.quicklime.image.Image;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.model.Target;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.FigureSize;
import dev.quicklime.report.drawing.Pixels;
import dev.quicklime.report.drawing.Plate;
import dev.quicklime.report.drawing.Typeface;
import dev.quicklime.report.text.Numbers;
import java.awt.image.BufferedImage;
import java.util.stream.Collectors;

/**
 * Figures of what all classes share: the picture, its superpixels, the samples.
 *
 * @param subject what is drawn
 */
public record PictureFigures(Subject subject) {

  private static final int LINE = 0xd7f24a;
  private static final int SHADOW = 0x000000;

  /** The picture with its top scores. */
  public Figure original() {
    Explanation explanation = subject.explanation();
    boolean single = subject.unit().single();
    ScorePanel panel = new ScorePanel(explanation.scores(), subject.digits(), single);
    Typeface type = subject.size().type();
    Plate plate =
        Plate.withPanel(subject.prints().colour(), panel.height(type))
            .draw(
                g ->
                    panel.draw(
                        g,
                        type,
                        subject.size().height(),
                        Plate.panelWidth(subject.size().width())));
    Image picture = explanation.picture();
    String size = "%s × %s pixels".formatted(picture.width(), picture.height());
    String what =
        single
            ? "with the model's output."
            : "with raw score and probability (%s) of the best classes."
                .formatted(explanation.target() == Target.SIGMOID ? "sigmoid" : "softmax");
    return plate.figure(
        "original",
        "The picture and its scores",
        "%s, %s, %s%s".formatted(subject.name(), size, what, subject.geometry()),
        "The picture %s, %s. %s."
            .formatted(
                subject.name(),
                size,
                explanation.scores().stream()
                    .map(score -> line(score, single))
                    .collect(Collectors.joining("; "))));
  }

  private String line(ScoredClass scored, boolean single) {
    String score = scored.label() + ": raw score " + subject.digits().score(scored.score());
    return single ? score : score + ", probability " + subject.digits().probability(scored);
  }

  /** The picture alone, for a page that tells its scores beside it. */
  public Figure picture() {
    Image picture = subject.explanation().picture();
    String size = "%s × %s pixels".formatted(picture.width(), picture.height());
    return Plate.of(subject.prints().colour())
        .figure(
            "original",
            "The picture",
            "%s, %s.%s".formatted(subject.name(), size, subject.geometry()),
            "The picture %s, %s.".formatted(subject.name(), size));
  }

  /** The picture with the edges of all superpixels. */
  public Figure boundaries() {
    int line = subject.line();
    boolean[] edges = subject.grid().edges(_ -> true, line);
    boolean[] shadow = subject.grid().edges(_ -> true, 3 * line);
    Pixels lines = subject.picture().clear();
    int[] argb = lines.rgb();
    for (int i = 0; i < argb.length; i++) {
      if (edges[i]) {
        argb[i] = Pixels.veil(LINE, 0.9);
      } else if (shadow[i]) {
        argb[i] = Pixels.veil(SHADOW, 0.3);
      }
    }
    int count = subject.explanation().segments().count();
    int[] areas = subject.explanation().segments().areas();
    double mean = (double) subject.explanation().segments().labels().length / count;
    int smallest = Integer.MAX_VALUE;
    int largest = 0;
    for (int area : areas) {
      smallest = Math.min(smallest, area);
      largest = Math.max(largest, area);
    }
    BufferedImage layer = lines.layer();
    OutlineLayers outlines = new OutlineLayers(subject);
    return Plate.of(subject.prints().colour())
        .draw(
            g -> g.drawImage(layer, 0, 0, null),
            g -> {
              outlines.edge(g, _ -> true, Pixels.veil(SHADOW, 0.3), 3 * line);
              outlines.edge(g, _ -> true, Pixels.veil(LINE, 0.9), line);
            })
        .figure(
            "boundaries",
            "Superpixels",
            "The %s that are shown or filled as a whole.%s"
                .formatted(Numbers.counted(count, "superpixel"), subject.geometry()),
            "The picture divided into %s of %s to %s pixels of the model's input, %s on average."
                .formatted(
                    Numbers.counted(count, "superpixel"),
                    Numbers.count(smallest),
                    Numbers.count(largest),
                    Numbers.count(Math.round(mean))));
  }

  /** Some of the samples. */
  public Figure samples(ContactSheet sheet) {
    Explanation explanation = subject.explanation();
    String label = explanation.classes().getFirst().scored().label();
    int drawn = explanation.samples().rows() - 1;
    String left =
        explanation.samples().weight(0) == 0 ? " The original itself is left out of the fit." : "";
    return sheet
        .draw()
        .figure(
            "samples",
            "Perturbed samples",
            ("The original and %s of %s at the model's input size, %s × %s.%s Similarity is a"
                    + " sample's weight in the fit; the %s is that of “%s”.%s")
                .formatted(
                    sheet.rows().size() - 1,
                    Numbers.counted(drawn, "perturbed sample"),
                    explanation.segments().width(),
                    explanation.segments().height(),
                    sheet.drawsVectors()
                        ? " Cells are its binary vector, from superpixel 0 on row by row: strong"
                            + " ones are shown, faint ones filled."
                        : "",
                    subject.unit().noun(),
                    label,
                    left),
            sheet.rows().stream().map(sheet::line).collect(Collectors.joining(". ")) + ".");
  }

  /** The picture as the model gets it. */
  public Figure input() {
    Explanation explanation = subject.explanation();
    Pixels input =
        Pixels.draw(
            explanation.perturbation().render(explanation.samples().masks(), 0),
            FigureSize.of(explanation.segments().width(), explanation.segments().height()));
    String size =
        "%s × %s pixels".formatted(explanation.segments().width(), explanation.segments().height());
    return Plate.of(input.image())
        .figure(
            "input",
            "What the model gets",
            "The picture at the size of the model's input, %s, before its pixels are normalised."
                .formatted(size),
            "The picture brought to %s for the model.".formatted(size));
  }
}
