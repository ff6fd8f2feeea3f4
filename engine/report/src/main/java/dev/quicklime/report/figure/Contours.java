package dev.quicklime.report.figure;

import dev.quicklime.segment.SegmentMap;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Outlines of all superpixels along the edges of their pixels, in pixels of the model's input. A
 * superpixel with holes or in pieces has several loops.
 */
public final class Contours {

  private static final int[] STEP_X = {1, 0, -1, 0};
  private static final int[] STEP_Y = {0, 1, 0, -1};

  private final SegmentMap segments;
  private final int[] labels;
  private final int width;
  private final int height;

  /** Which edges leave a corner, a bit for each direction: right, down, left, up. */
  private final byte[] leaving;

  private Contours(SegmentMap segments) {
    this.segments = segments;
    this.labels = segments.labels();
    this.width = segments.width();
    this.height = segments.height();
    this.leaving = new byte[(width + 1) * (height + 1)];
  }

  /** The outlines of all superpixels, in the order of their labels. */
  public static List<Outline> of(SegmentMap segments) {
    return new Contours(segments).trace();
  }

  /**
   * The outline of a superpixel.
   *
   * @param loops each as the x and y of its first corner and then, in turns, how far it goes along
   *     and down to the next ones, clockwise round pixels and the other way round holes
   */
  public record Outline(List<List<Integer>> loops) {

    /** As SVG has it. */
    public String path() {
      StringBuilder path = new StringBuilder();
      for (List<Integer> loop : loops) {
        path.append('M').append(loop.get(0)).append(' ').append(loop.get(1));
        for (int i = 2; i < loop.size(); i++) {
          path.append(i % 2 == 0 ? 'h' : 'v').append(loop.get(i));
        }
        path.append('z');
      }
      return path.toString();
    }

    /** Adds it to a shape. */
    void appendTo(Path2D shape) {
      for (List<Integer> loop : loops) {
        double x = loop.get(0);
        double y = loop.get(1);
        shape.moveTo(x, y);
        for (int i = 2; i < loop.size(); i++) {
          x += i % 2 == 0 ? loop.get(i) : 0;
          y += i % 2 == 0 ? 0 : loop.get(i);
          shape.lineTo(x, y);
        }
        shape.closePath();
      }
    }
  }

  private List<Outline> trace() {
    List<Outline> outlines = new ArrayList<>();
    for (int[] pixels : pixelsByLabel()) {
      for (int pixel : pixels) {
        mark(pixel % width, pixel / width);
      }
      List<List<Integer>> loops = new ArrayList<>();
      for (int pixel : pixels) {
        // Every loop has an upper edge of a pixel; the first corner is one where it turns.
        loop(loops, pixel % width, pixel / width);
      }
      outlines.add(new Outline(loops));
    }
    return outlines;
  }

  private int[][] pixelsByLabel() {
    int[] areas = segments.areas();
    int[][] pixels = new int[areas.length][];
    for (int label = 0; label < areas.length; label++) {
      pixels[label] = new int[areas[label]];
    }
    int[] filled = new int[areas.length];
    for (int i = 0; i < labels.length; i++) {
      pixels[labels[i]][filled[labels[i]]++] = i;
    }
    return pixels;
  }

  /** Notes the edges of a pixel beyond which there is another label, clockwise. */
  private void mark(int x, int y) {
    int label = labels[y * width + x];
    if (differs(x, y - 1, label)) {
      leave(x, y, 0);
    }
    if (differs(x + 1, y, label)) {
      leave(x + 1, y, 1);
    }
    if (differs(x, y + 1, label)) {
      leave(x + 1, y + 1, 2);
    }
    if (differs(x - 1, y, label)) {
      leave(x, y + 1, 3);
    }
  }

  private boolean differs(int x, int y, int label) {
    return x < 0 || y < 0 || x >= width || y >= height || labels[y * width + x] != label;
  }

  private void leave(int x, int y, int direction) {
    leaving[y * (width + 1) + x] |= (byte) (1 << direction);
  }

  private boolean leaves(int x, int y, int direction) {
    return (leaving[y * (width + 1) + x] & 1 << direction) != 0;
  }

  /** Follows edges from an upper one until they end where they began, and takes them away. */
  private void loop(List<List<Integer>> loops, int fromX, int fromY) {
    if (!leaves(fromX, fromY, 0)) {
      return;
    }
    List<Integer> loop = new ArrayList<>(List.of(fromX, fromY));
    int x = fromX;
    int y = fromY;
    int direction = 0;
    int length = 0;
    while (leaves(x, y, direction)) {
      leaving[y * (width + 1) + x] &= (byte) ~(1 << direction);
      x += STEP_X[direction];
      y += STEP_Y[direction];
      length++;
      int next = next(x, y, direction);
      if (next != direction) {
        loop.add(direction < 2 ? length : -length);
        length = 0;
        direction = next;
      }
    }
    if (length > 0) {
      loop.add(direction < 2 ? length : -length);
    }
    loops.add(List.copyOf(loop));
  }

  /** To the right first, which keeps pixels apart that touch in a corner only. */
  private int next(int x, int y, int direction) {
    for (int turn : new int[] {1, 0, 3}) {
      int next = (direction + turn) % 4;
      if (leaves(x, y, next)) {
        return next;
      }
    }
    return direction;
  }
}
