package dev.quicklime.report.page;

import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.Heat;
import dev.quicklime.report.figure.ShownWeights;
import dev.quicklime.report.figure.Subject;
import dev.quicklime.report.text.Numbers;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A picture under the superpixels of one class, which a reader can ask for their weights. Without
 * scripts it shows all of them, and a browser tells the weight under the pointer.
 *
 * @param number of the figure
 * @param figure the same as files, with caption and alternative text
 * @param width columns of the picture
 * @param height rows of the picture
 * @param picture id of the picture beneath
 * @param transform from pixels of the model's input to those of the picture
 * @param rest ids of the outlines of superpixels without a weight
 * @param parts those with one, the strongest first
 * @param start how many of them a reader with scripts sees first
 */
public record Explorer(
    int number,
    Figure figure,
    int width,
    int height,
    String picture,
    String transform,
    List<String> rest,
    List<Part> parts,
    int start) {

  /** At least so many superpixels are seen first, and at most so many. */
  private static final int FEW = 5;

  private static final int MANY = 10;

  /** As strong, compared with the strongest weight, are those that are seen first. */
  private static final double STRONG = 1 / 3.0;

  /**
   * A superpixel with a weight.
   *
   * @param superpixel its number
   * @param rank 1 for the largest |weight|
   * @param sign "for" or "against"
   * @param tint opacity of its colour, 0 to 1
   * @param weight with its sign
   * @param interval the 95 % interval, or null
   * @param path id of its outline
   */
  public record Part(
      int superpixel,
      int rank,
      String sign,
      String tint,
      String weight,
      @Nullable String interval,
      String path) {}

  /** How many superpixels have a weight. */
  public int count() {
    return parts.size();
  }

  /** Whether there is more than one to choose from. */
  public boolean hasChoice() {
    return parts.size() > 1;
  }

  /**
   * The superpixels of one class.
   *
   * @param number of the figure
   * @param figure the same, drawn
   * @param id what ids of shared parts of the page begin with
   */
  public static Explorer of(
      Subject subject, ShownWeights weights, int number, Figure figure, String id) {
    List<Part> parts = new ArrayList<>();
    Heat heat = Heat.upTo(weights.largest());
    for (int superpixel : weights.strongest()) {
      Double margin = weights.margin(superpixel);
      parts.add(
          new Part(
              superpixel,
              parts.size() + 1,
              weights.weight(superpixel) > 0 ? "for" : "against",
              Numbers.fixed(heat.tint(weights.weight(superpixel)), 3),
              weights.text(superpixel),
              margin == null ? null : "± " + Numbers.fixed(margin, weights.decimals()),
              outline(id, superpixel)));
    }
    List<String> rest =
        IntStream.range(0, subject.explanation().segments().count())
            .filter(superpixel -> weights.weight(superpixel) == 0)
            .mapToObj(superpixel -> outline(id, superpixel))
            .toList();
    return new Explorer(
        number,
        figure,
        subject.size().width(),
        subject.size().height(),
        id + "-gray",
        transform(subject),
        rest,
        parts,
        start(weights));
  }

  private static int start(ShownWeights weights) {
    long strong =
        weights.strongest().stream()
            .filter(j -> Math.abs(weights.weight(j)) >= STRONG * weights.largest())
            .count();
    return Math.min(weights.count(), Math.clamp(strong, FEW, MANY));
  }

  /** Id of a superpixel's outline in the page. */
  public static String outline(String id, int superpixel) {
    return id + "-s" + superpixel;
  }

  /** From pixels of the model's input to those of the picture, as SVG has it. */
  static String transform(Subject subject) {
    AffineTransform map = subject.fromInput();
    return String.format(
        Locale.ROOT,
        "matrix(%.5f 0 0 %.5f %.3f %.3f)",
        map.getScaleX(),
        map.getScaleY(),
        map.getTranslateX(),
        map.getTranslateY());
  }
}
