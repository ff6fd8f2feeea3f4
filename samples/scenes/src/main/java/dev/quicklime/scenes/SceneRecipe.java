package dev.quicklime.scenes;

import dev.quicklime.scenes.paint.Backdrop;
import dev.quicklime.scenes.paint.BackdropPattern;
import dev.quicklime.scenes.paint.Fragment;
import dev.quicklime.scenes.paint.Noise;
import dev.quicklime.scenes.paint.Rgb;
import dev.quicklime.scenes.paint.SceneClass;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Everything that chance decides about a scene. Lengths are in units of the picture's shorter side,
 * the origin is its upper left corner.
 *
 * @param seed of the noise
 * @param ground what the figure lies on
 * @param figure the figure
 * @param light where the light comes from
 * @param noise the greatest deviation that noise adds to a channel, in 8-bit steps
 */
record SceneRecipe(long seed, Ground ground, Placed figure, Light light, double noise) {

  /**
   * What a figure lies on.
   *
   * @param pattern the backdrop
   * @param low its first colour
   * @param high its second colour
   * @param fragments what lies about, from below to above
   */
  record Ground(BackdropPattern pattern, Rgb low, Rgb high, List<Fragment> fragments) {}

  /**
   * A figure in its place.
   *
   * @param kind the class
   * @param x of its centre
   * @param y of its centre
   * @param scale the side of a square of its area
   * @param cosine of its rotation
   * @param sine of its rotation
   * @param low its first colour
   * @param high its second colour
   */
  record Placed(
      SceneClass kind,
      double x,
      double y,
      double scale,
      double cosine,
      double sine,
      Rgb low,
      Rgb high) {}

  /**
   * Where the light comes from: a unit vector times its strength.
   *
   * @param x to the right
   * @param y downwards
   */
  record Light(double x, double y) {}

  private static final double LEAST_SHARE = 0.075;
  private static final double GREATEST_SHARE = 0.175;
  private static final double MARGIN = 0.02;
  private static final int COLOUR_ATTEMPTS = 64;

  static SceneRecipe draw(long seed, int index, int width, int height) {
    SplittableRandom random = new SplittableRandom(Noise.bits(seed, index, 1));
    double unit = Math.min(width, height);
    double right = width / unit;
    double bottom = height / unit;

    BackdropPattern pattern = pattern(random);
    double hue = random.nextDouble();
    Rgb backLow = backColour(random, hue, random.nextDouble(0.22, 0.55));
    Rgb backHigh =
        backColour(random, hue, Math.min(0.92, luma(backLow) + random.nextDouble(0.18, 0.4)));
    Rgb[] figureColours = figureColours(random, hue, backLow.mix(backHigh, 0.5));

    SceneClass figure = figure(seed, index);
    double share = random.nextDouble(LEAST_SHARE, GREATEST_SHARE);
    double scale = Math.min(Math.sqrt(share * right * bottom), (0.5 - MARGIN) / figure.radius());
    double reach = scale * figure.radius() + MARGIN;
    double centreX = between(random, reach, right - reach);
    double centreY = between(random, reach, bottom - reach);
    double angle = 2 * Math.PI * random.nextDouble();
    double lightAngle = 2 * Math.PI * random.nextDouble();
    double light = random.nextDouble(0.05, 0.3);
    // Chance is asked in this order, or scenes of the same seed would be others.
    long noiseSeed = random.nextLong();
    List<Fragment> fragments = fragments(random, right, bottom);
    return new SceneRecipe(
        noiseSeed,
        new Ground(pattern, backLow, backHigh, fragments),
        new Placed(
            figure,
            centreX,
            centreY,
            scale,
            StrictMath.cos(angle),
            StrictMath.sin(angle),
            figureColours[0],
            figureColours[1]),
        new Light(light * StrictMath.cos(lightAngle), light * StrictMath.sin(lightAngle)),
        random.nextDouble(2, 14));
  }

  /** Deals the classes like a shuffled pack, so that they are balanced in every stretch. */
  private static SceneClass figure(long seed, int index) {
    SceneClass[] pack = SceneClass.values();
    SplittableRandom dealer = new SplittableRandom(Noise.bits(seed, index / pack.length, 2));
    for (int i = pack.length - 1; i > 0; i--) {
      int j = dealer.nextInt(i + 1);
      SceneClass swapped = pack[i];
      pack[i] = pack[j];
      pack[j] = swapped;
    }
    return pack[index % pack.length];
  }

  private static BackdropPattern pattern(SplittableRandom random) {
    Backdrop kind = Backdrop.values()[random.nextInt(Backdrop.values().length)];
    double angle = 2 * Math.PI * random.nextDouble();
    return new BackdropPattern(
        kind,
        random.nextLong(),
        StrictMath.cos(angle),
        StrictMath.sin(angle),
        random.nextDouble(3.5, 9));
  }

  private static List<Fragment> fragments(SplittableRandom random, double right, double bottom) {
    List<Fragment> fragments = new ArrayList<>();
    int count = random.nextInt(3, 9);
    for (int i = 0; i < count; i++) {
      double angle = 2 * Math.PI * random.nextDouble();
      fragments.add(
          new Fragment(
              Fragment.Kind.values()[random.nextInt(Fragment.Kind.values().length)],
              random.nextDouble(right),
              random.nextDouble(bottom),
              random.nextDouble(0.03, 0.085),
              StrictMath.cos(angle),
              StrictMath.sin(angle),
              random.nextLong(),
              Rgb.hsv(
                  random.nextDouble(), random.nextDouble(0.2, 0.9), random.nextDouble(0.3, 1))));
    }
    return List.copyOf(fragments);
  }

  private static Rgb backColour(SplittableRandom random, double hue, double value) {
    return Rgb.hsv(hue + random.nextDouble(-0.07, 0.07), random.nextDouble(0.12, 0.5), value);
  }

  /** Two colours apart from each other and from the backdrop; after some attempts the last pair. */
  private static Rgb[] figureColours(SplittableRandom random, double hue, Rgb backdrop) {
    Rgb low = backdrop;
    Rgb high = backdrop;
    for (int attempt = 0; attempt < COLOUR_ATTEMPTS; attempt++) {
      double own = hue + 0.5 + random.nextDouble(-0.3, 0.3);
      low = Rgb.hsv(own, random.nextDouble(0.7, 1), random.nextDouble(0.45, 1));
      high =
          random.nextBoolean()
              ? Rgb.hsv(own + 0.1, random.nextDouble(0.05, 0.3), random.nextDouble(0.88, 1))
              : Rgb.hsv(
                  own + random.nextDouble(0.08, 0.5),
                  random.nextDouble(0.6, 1),
                  random.nextDouble(0.6, 1));
      boolean apart = Math.abs(low.luma() - high.luma()) > 0.25 && low.distance(high) > 0.45;
      if (apart && Math.min(low.distance(backdrop), high.distance(backdrop)) > 0.35) {
        break;
      }
    }
    return new Rgb[] {low, high};
  }

  private static double luma(Rgb colour) {
    return colour.luma();
  }

  private static double between(SplittableRandom random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
