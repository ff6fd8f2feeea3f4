package dev.quicklime.scenes;

import dev.quicklime.scenes.paint.FigureShape;
import dev.quicklime.scenes.paint.FigureTexture;
import dev.quicklime.scenes.paint.Fragment;
import dev.quicklime.scenes.paint.Noise;
import dev.quicklime.scenes.paint.Rgb;

/** Turns a recipe into pixels. One use, one thread. */
final class SceneRenderer {
  /** Four points of a pixel, no two in one row or column: smooth edges at every angle. */
  private static final double[] SAMPLES = {0.125, 0.375, 0.375, 0.875, 0.625, 0.125, 0.875, 0.625};

  private static final int COUNT = SAMPLES.length / 2;
  private static final double SHADOW_SHIFT = 0.022;
  private static final double SHADOW_BLUR = 0.03;
  private static final double SHADOW_DEPTH = 0.4;
  private static final double RIM = 0.011;
  private static final double BEVEL = 0.035;

  private final SceneRecipe recipe;
  private final int width;
  private final int height;
  private final double unit;
  private final double shadowX;
  private final double shadowY;
  private final double lightX;
  private final double lightY;
  private final double[] sum = new double[3];

  SceneRenderer(SceneRecipe recipe, int width, int height) {
    this.recipe = recipe;
    this.width = width;
    this.height = height;
    unit = Math.min(width, height);
    double strength =
        Math.sqrt(
            recipe.light().x() * recipe.light().x() + recipe.light().y() * recipe.light().y());
    lightX = recipe.light().x() / strength;
    lightY = recipe.light().y() / strength;
    shadowX = -lightX * SHADOW_SHIFT;
    shadowY = -lightY * SHADOW_SHIFT;
  }

  Scene render(long seed, int index) {
    byte[] rgb = new byte[3 * width * height];
    boolean[] mask = new boolean[width * height];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int pixel = row * width + column;
        mask[pixel] = 2 * samples(row, column) >= COUNT;
        light(row, column);
        for (int channel = 0; channel < 3; channel++) {
          double value = 255 * sum[channel] + grain(row, column, channel);
          rgb[3 * pixel + channel] = (byte) (int) Math.clamp(value + 0.5, 0.0, 255.0);
        }
      }
    }
    return new Scene(
        seed,
        index,
        width,
        height,
        rgb,
        mask,
        recipe.figure().kind(),
        recipe.ground().pattern().kind());
  }

  /** Leaves the mean colour of a pixel in {@code sum} and counts its samples on the figure. */
  private int samples(int row, int column) {
    sum[0] = 0;
    sum[1] = 0;
    sum[2] = 0;
    int inside = 0;
    for (int i = 0; i < COUNT; i++) {
      double x = (column + SAMPLES[2 * i]) / unit;
      double y = (row + SAMPLES[2 * i + 1]) / unit;
      double depth = figureDistance(x, y);
      if (depth < 0) {
        addFigure(x, y, depth);
        inside++;
      } else {
        addGround(x, y);
      }
    }
    return inside;
  }

  private void addGround(double x, double y) {
    Rgb low = recipe.ground().low();
    Rgb high = recipe.ground().high();
    double share = recipe.ground().pattern().at(x, y);
    double red = low.red() + (high.red() - low.red()) * share;
    double green = low.green() + (high.green() - low.green()) * share;
    double blue = low.blue() + (high.blue() - low.blue()) * share;
    for (Fragment fragment : recipe.ground().fragments()) {
      double reach = fragment.size() + SHADOW_SHIFT + SHADOW_BLUR;
      if (Math.abs(x - fragment.centreX()) < reach && Math.abs(y - fragment.centreY()) < reach) {
        if (fragment.distance(x, y) < 0) {
          red = fragment.colour().red();
          green = fragment.colour().green();
          blue = fragment.colour().blue();
        } else {
          double shade = shade(fragment.distance(x - shadowX, y - shadowY));
          red *= shade;
          green *= shade;
          blue *= shade;
        }
      }
    }
    double shade = shade(figureDistance(x - shadowX, y - shadowY));
    add(red, green, blue, shade);
  }

  private void addFigure(double x, double y, double depth) {
    double u = frameX(x, y);
    double v = frameY(x, y);
    Rgb low = recipe.figure().low();
    Rgb high = recipe.figure().high();
    double share = FigureTexture.at(recipe.figure().kind(), recipe.seed(), u, v);
    double gain = 1;
    if (depth > -RIM) {
      gain = 0.45;
    } else if (depth > -BEVEL) {
      gain = 1 + 0.28 * facing(x, y) * (1 + depth / BEVEL);
    }
    add(
        low.red() + (high.red() - low.red()) * share,
        low.green() + (high.green() - low.green()) * share,
        low.blue() + (high.blue() - low.blue()) * share,
        gain);
  }

  /** How much the figure's edge faces the light here, from -1 to 1. */
  private double facing(double x, double y) {
    double step = 0.002;
    double slopeX = figureDistance(x + step, y) - figureDistance(x - step, y);
    double slopeY = figureDistance(x, y + step) - figureDistance(x, y - step);
    return (slopeX * lightX + slopeY * lightY) / (2 * step);
  }

  private void add(double red, double green, double blue, double gain) {
    sum[0] += red * gain / COUNT;
    sum[1] += green * gain / COUNT;
    sum[2] += blue * gain / COUNT;
  }

  /** Brightens towards the light and darkens the corners. */
  private void light(int row, int column) {
    double x = (column + 0.5) / width - 0.5;
    double y = (row + 0.5) / height - 0.5;
    double gain = 1.03 + recipe.light().x() * x + recipe.light().y() * y - 0.35 * (x * x + y * y);
    sum[0] *= gain;
    sum[1] *= gain;
    sum[2] *= gain;
  }

  /** Mostly noise of brightness, some of colour. */
  private double grain(int row, int column, int channel) {
    long seed = recipe.seed() + 1;
    double common = Noise.at(seed, column, row) - Noise.at(seed + 1, column, row);
    double own = Noise.at(seed + 2 + channel, column, row) - 0.5;
    return recipe.noise() * (0.7 * common + 0.6 * own);
  }

  /** The signed distance to the figure's outline; far away a lower bound. */
  private double figureDistance(double x, double y) {
    double dx = x - recipe.figure().x();
    double dy = y - recipe.figure().y();
    double outside =
        Math.sqrt(dx * dx + dy * dy) - recipe.figure().scale() * recipe.figure().kind().radius();
    if (outside > SHADOW_BLUR) {
      return outside;
    }
    return recipe.figure().scale()
        * FigureShape.distance(recipe.figure().kind(), frameX(x, y), frameY(x, y));
  }

  private double frameX(double x, double y) {
    return (recipe.figure().cosine() * (x - recipe.figure().x())
            + recipe.figure().sine() * (y - recipe.figure().y()))
        / recipe.figure().scale();
  }

  private double frameY(double x, double y) {
    return (recipe.figure().cosine() * (y - recipe.figure().y())
            - recipe.figure().sine() * (x - recipe.figure().x()))
        / recipe.figure().scale();
  }

  /** What is left of the light at a distance from the edge of a shadow. */
  private static double shade(double distance) {
    double share = Math.clamp(0.5 - distance / (2 * SHADOW_BLUR), 0.0, 1.0);
    return 1 - SHADOW_DEPTH * share * share * (3 - 2 * share);
  }
}
