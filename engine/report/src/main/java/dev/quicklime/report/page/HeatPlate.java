package dev.quicklime.report.page;

import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.Heat;
import dev.quicklime.report.figure.ShownWeights;
import dev.quicklime.report.figure.Subject;
import dev.quicklime.report.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A heat map that a page draws from the outlines which it holds anyway, with lettering that stays
 * as large as text however small the picture is shown.
 *
 * @param number of the figure
 * @param figure the same as a file, with caption and alternative text
 * @param width columns of the picture
 * @param height rows of the picture
 * @param picture id of the picture beneath
 * @param transform from pixels of the model's input to those of the picture
 * @param areas superpixels with a weight, the weakest first
 * @param tags numbers of the strongest ones
 * @param key to the colours
 */
public record HeatPlate(
    int number,
    Figure figure,
    int width,
    int height,
    String picture,
    String transform,
    List<Area> areas,
    List<Tag> tags,
    Key key) {

  /** Colours between which a browser mixes those of the key. */
  private static final int STOPS = 8;

  /**
   * A superpixel in the colour of its weight.
   *
   * @param path id of its outline
   * @param fill its colour as CSS has it
   * @param edge colour of its edge
   * @param title its number and weight
   */
  public record Area(String path, String fill, String edge, String title) {}

  /**
   * A superpixel's number on the picture.
   *
   * @param text the number
   * @param x of its middle, in pixels of the picture
   * @param y of its middle
   */
  public record Tag(String text, int x, int y) {}

  /**
   * The key to the colours.
   *
   * @param colours from the left to the right, as CSS has them, after commas
   * @param low the value at the left
   * @param axis what the values are, with their unit
   * @param high the value at the right
   */
  public record Key(String colours, String low, String axis, String high) {}

  /**
   * The weights of one class over a picture.
   *
   * @param number of the figure
   * @param figure the same, drawn
   * @param id what ids of shared parts of the page begin with
   * @param tagged how many superpixels have their numbers on them
   */
  public static HeatPlate of(
      Subject subject, ShownWeights weights, int number, Figure figure, String id, int tagged) {
    Heat heat = Heat.upTo(weights.largest());
    List<Area> areas = new ArrayList<>();
    for (int superpixel : weights.strongest().reversed()) {
      double weight = weights.weight(superpixel);
      areas.add(
          new Area(
              Explorer.outline(id, superpixel),
              css(heat.rgb(weight)),
              css(heat.edge(weight)),
              "superpixel %s: %s".formatted(superpixel, weights.text(superpixel))));
    }
    List<Tag> tags =
        weights.strongest(tagged).stream()
            .filter(subject::isSeen)
            .map(j -> new Tag(Integer.toString(j), subject.centre(j).x, subject.centre(j).y))
            .toList();
    return new HeatPlate(
        number,
        figure,
        subject.size().width(),
        subject.size().height(),
        pictureOf(id),
        Explorer.transform(subject),
        areas,
        tags.reversed(),
        key(heat, weights, subject.unit().axis()));
  }

  /** Id of the picture beneath all of them. */
  public static String pictureOf(String id) {
    return id + "-pale";
  }

  private static Key key(Heat heat, ShownWeights weights, String axis) {
    double low = weights.show().low(heat.limit());
    double high = weights.show().high(heat.limit());
    // Limits are round numbers, of two digits at most.
    int decimals = Math.max(0, Numbers.decimals(heat.limit()) - 1);
    String colours =
        IntStream.rangeClosed(0, STOPS)
            .mapToObj(i -> ", " + css(heat.rgb(low + (high - low) * i / STOPS)))
            .collect(Collectors.joining());
    return new Key(colours, Numbers.signed(low, decimals), axis, Numbers.signed(high, decimals));
  }

  private static String css(int rgb) {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }
}
