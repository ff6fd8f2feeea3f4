package dev.quicklime.report.drawing;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The colours of a picture that has few, and which of them each pixel has.
 *
 * @param colours each 0xAARRGGBB, in the order in which rows meet them
 * @param places for each pixel the place of its colour among them, to be read without its sign
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over to an encoder and nobody else.
record Palette(int[] colours, byte[] places) {

  /** The most colours that a file can have a table of. */
  private static final int MOST = 256;

  /** Slots for them, four times as many, so that hardly two colours want the same. */
  private static final int SLOTS = 4 * MOST;

  private static final int TO_SLOT = Integer.numberOfLeadingZeros(SLOTS - 1);

  /** Knuth's multiplier, which spreads colours that are alike. */
  private static final int SPREAD = 0x9e3779b1;

  /**
   * The palette of a picture, or null where it has more colours than a file's table.
   *
   * @param argb its pixels
   * @param always bits that each of them has besides
   */
  static @Nullable Palette of(int[] argb, int always) {
    int[] colours = new int[MOST];
    int[] slots = new int[SLOTS];
    byte[] places = new byte[argb.length];
    int count = 0;
    for (int i = 0; i < argb.length; i++) {
      int colour = argb[i] | always;
      if (i > 0 && colour == (argb[i - 1] | always)) {
        places[i] = places[i - 1];
        continue;
      }
      int slot = (colour * SPREAD) >>> TO_SLOT;
      // A slot holds one more than a place, 0 being none.
      while (slots[slot] != 0 && colours[slots[slot] - 1] != colour) {
        slot = (slot + 1) % SLOTS;
      }
      if (slots[slot] == 0) {
        if (count == MOST) {
          return null;
        }
        colours[count] = colour;
        slots[slot] = ++count;
      }
      places[i] = (byte) (slots[slot] - 1);
    }
    return new Palette(Arrays.copyOf(colours, count), places);
  }

  /** Bits that a place takes: 1, 2, 4 or 8. */
  int bits() {
    return colours.length <= 2 ? 1 : colours.length <= 4 ? 2 : colours.length <= 16 ? 4 : 8;
  }

  /** The picture as the JDK has one with a table of colours. */
  BufferedImage image(int width, int height) {
    IndexColorModel model =
        new IndexColorModel(
            bits(), colours.length, colours, 0, !isOpaque(), -1, DataBuffer.TYPE_BYTE);
    int type = bits() == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY;
    BufferedImage image = new BufferedImage(width, height, type, model);
    image.getRaster().setDataElements(0, 0, width, height, places);
    return image;
  }

  /** Whether all colours are levels of gray that hide what is beneath them. */
  boolean isGray() {
    return isOpaque()
        && Arrays.stream(colours)
            .allMatch(colour -> (colour & 0xffffff) == (colour & 0xff) * 0x010101);
  }

  /** Whether all colours hide what is beneath them. */
  boolean isOpaque() {
    return Arrays.stream(colours).allMatch(colour -> colour >>> 24 == 0xff);
  }
}
