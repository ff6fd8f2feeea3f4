package dev.quicklime.scenes.paint;

/** The outline of a figure of area 1 about the origin, y pointing down. */
public final class FigureShape {
  private static final double DIAGONAL = Math.sqrt(2);
  private static final double DISC_RADIUS = 0.5641896;
  private static final double RING_RADIUS = 0.6755;
  private static final double RING_HOLE = 0.55 * RING_RADIUS;
  private static final double CRESCENT_RADIUS = 0.80033;
  private static final double CRESCENT_BITE = 0.80 * CRESCENT_RADIUS;
  private static final double CRESCENT_SHIFT = 0.52 * CRESCENT_RADIUS;
  private static final double CRESCENT_CENTRE = -0.10;
  private static final double HEART_HALF = 0.37423;
  private static final double HEART_CENTRE = 0.15;

  private static final double[] SQUARE = {-0.5, -0.5, 0.5, -0.5, 0.5, 0.5, -0.5, 0.5};
  private static final double[] TRIANGLE = rays(3, 0.87738, 0.87738 / 2);
  private static final double[] STAR = rays(5, 0.86955, 0.45 * 0.86955);
  private static final double[] CROSS = cross(0.6373, 0.38 * 0.6373);

  private FigureShape() {}

  /** The signed distance to the outline: negative inside, in units of the figure's frame. */
  public static double distance(SceneClass figure, double x, double y) {
    return switch (figure) {
      case DISC -> length(x, y) - DISC_RADIUS;
      case SQUARE -> polygon(SQUARE, x, y);
      case TRIANGLE -> polygon(TRIANGLE, x, y);
      case STAR -> polygon(STAR, x, y);
      case RING -> {
        double r = length(x, y);
        yield Math.max(r - RING_RADIUS, RING_HOLE - r);
      }
      case CROSS -> polygon(CROSS, x, y);
      case CRESCENT -> {
        double left = x + CRESCENT_CENTRE;
        yield Math.max(
            length(left, y) - CRESCENT_RADIUS, CRESCENT_BITE - length(left - CRESCENT_SHIFT, y));
      }
      case HEART -> heart(x, y + HEART_CENTRE);
    };
  }

  /** A square standing on its corner with a half disc on each of its upper edges. */
  private static double heart(double x, double y) {
    double side = Math.abs(x);
    double diamond = (side + Math.abs(y - HEART_HALF * DIAGONAL / 2)) * DIAGONAL / 2 - HEART_HALF;
    double lobe = length(side - HEART_HALF * DIAGONAL / 2, y) - HEART_HALF;
    return Math.min(diamond, lobe);
  }

  private static double polygon(double[] corners, double x, double y) {
    double nearest = Double.POSITIVE_INFINITY;
    boolean inside = false;
    double fromX = corners[corners.length - 2];
    double fromY = corners[corners.length - 1];
    for (int i = 0; i < corners.length; i += 2) {
      double toX = corners[i];
      double toY = corners[i + 1];
      double edgeX = toX - fromX;
      double edgeY = toY - fromY;
      double share =
          Math.clamp(
              ((x - fromX) * edgeX + (y - fromY) * edgeY) / (edgeX * edgeX + edgeY * edgeY),
              0.0,
              1.0);
      double offX = x - fromX - share * edgeX;
      double offY = y - fromY - share * edgeY;
      nearest = Math.min(nearest, offX * offX + offY * offY);
      if (fromY > y != toY > y && x < fromX + edgeX * (y - fromY) / edgeY) {
        inside = !inside;
      }
      fromX = toX;
      fromY = toY;
    }
    double distance = Math.sqrt(nearest);
    return inside ? -distance : distance;
  }

  private static double[] rays(int points, double outer, double inner) {
    double[] corners = new double[4 * points];
    for (int i = 0; i < 2 * points; i++) {
      double angle = Math.PI * i / points;
      double radius = i % 2 == 0 ? outer : inner;
      corners[2 * i] = radius * StrictMath.sin(angle);
      corners[2 * i + 1] = -radius * StrictMath.cos(angle);
    }
    return corners;
  }

  private static double[] cross(double arm, double half) {
    return new double[] {
      -half, -arm, half, -arm, half, -half, arm, -half, arm, half, half, half, half, arm, -half,
      arm, -half, half, -arm, half, -arm, -half, -half, -half
    };
  }

  private static double length(double x, double y) {
    return Math.sqrt(x * x + y * y);
  }
}
