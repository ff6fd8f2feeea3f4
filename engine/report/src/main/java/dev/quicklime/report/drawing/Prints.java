package dev.quicklime.report.drawing;

import java.awt.image.BufferedImage;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A picture as figures show it beneath their layers. A page that holds these once can draw all its
 * figures from them.
 *
 * @param colour as it is
 * @param pale its brightness alone, faint, for layers whose colours mean something
 * @param gray its brightness alone
 */
public record Prints(BufferedImage colour, BufferedImage pale, BufferedImage gray) {

  private static final int WHITE = 0xffffff;
  private static final double FAINT = 0.62;
  private static final int GRAYS = 24;

  private static final int[] FAINTS = IntStream.range(0, 256).map(Prints::faint).toArray();

  /** Prints of a picture. */
  public static Prints of(Pixels picture) {
    return of(picture, _ -> false);
  }

  /**
   * Prints of a picture.
   *
   * @param kept places of pixels that no print makes paler
   */
  public static Prints of(Pixels picture, IntPredicate kept) {
    Pixels pale = picture.copy();
    Pixels gray = picture.copy();
    for (int i = 0; i < picture.rgb().length; i++) {
      int level = Pixels.gray(picture.rgb()[i]);
      gray.rgb()[i] = 0x010101 * level;
      if (kept.test(i)) {
        continue;
      }
      pale.rgb()[i] = FAINTS[level];
    }
    return new Prints(picture.image(), pale.image(), gray.image());
  }

  /** A colour of the picture as it is where it is pale, 0xRRGGBB. */
  public static int pale(int rgb) {
    return FAINTS[Pixels.gray(rgb)];
  }

  private static int faint(int gray) {
    return Pixels.mix(0x010101 * coarse(gray), WHITE, FAINT);
  }

  /**
   * Fewer grays than there are: none is missed where they are faint, and the file is half as long.
   */
  private static int coarse(int gray) {
    return Math.round(Math.round(gray * (GRAYS - 1) / 255f) * 255f / (GRAYS - 1));
  }
}
