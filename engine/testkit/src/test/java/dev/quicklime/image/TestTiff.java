package dev.quicklime.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A TIFF of which every field can be chosen, with one strip, or tile, or one for each channel. */
final class TestTiff {
  private static final int PIXELS = 273;
  private static final int TILES = 324;

  /** Fields of sizes and places; all others are of 16 bits. */
  private static final Set<Integer> LONGS =
      Set.of(254, 256, 257, 273, 278, 279, 322, 323, 324, 325);

  private final ByteOrder order;
  private final Map<Integer, int[]> fields = new TreeMap<>();

  private TestTiff(ByteOrder order) {
    this.order = order;
  }

  /** Gray for one channel, RGB for three, in strips. */
  static TestTiff of(ByteOrder order, int width, int height, int channels, int bits, int format) {
    return new TestTiff(order)
        .with(256, width)
        .with(257, height)
        .with(258, repeated(bits, channels))
        .with(259, 1)
        .with(262, channels < 3 ? 1 : 2)
        .with(277, channels)
        .with(278, height)
        .with(339, repeated(format, channels));
  }

  private static int[] repeated(int value, int times) {
    int[] all = new int[times];
    Arrays.fill(all, value);
    return all;
  }

  TestTiff with(int tag, int... values) {
    fields.put(tag, values);
    return this;
  }

  /** The file; its pieces of pixels are tiles where field 322 was set. */
  byte[] file(byte[]... pieces) {
    Map<Integer, int[]> all = new TreeMap<>(fields);
    int[] places = new int[pieces.length];
    int[] lengths = new int[pieces.length];
    int at = 8;
    for (int i = 0; i < pieces.length; i++) {
      places[i] = at;
      lengths[i] = pieces[i].length;
      at += pieces[i].length + (pieces[i].length & 1);
    }
    boolean tiled = fields.containsKey(322);
    all.put(tiled ? TILES : PIXELS, places);
    all.put(tiled ? TILES + 1 : 279, lengths);
    int size = at + 2 + 12 * all.size() + 4;
    for (int[] values : all.values()) {
      size += values.length > 1 ? 4 * values.length : 0;
    }
    ByteBuffer out = ByteBuffer.allocate(size).order(order);
    out.put(order == ByteOrder.BIG_ENDIAN ? new byte[] {'M', 'M'} : new byte[] {'I', 'I'});
    out.putShort((short) 42).putInt(at);
    for (int i = 0; i < pieces.length; i++) {
      out.position(places[i]).put(pieces[i]);
    }
    out.position(at).putShort((short) all.size());
    int lists = at + 2 + 12 * all.size() + 4;
    for (Map.Entry<Integer, int[]> field : all.entrySet()) {
      int[] values = field.getValue();
      boolean ints = LONGS.contains(field.getKey());
      out.putShort((short) (int) field.getKey()).putShort((short) (ints ? 4 : 3));
      out.putInt(values.length);
      int place = values.length * (ints ? 4 : 2) <= 4 ? out.position() : lists;
      out.putInt(place == lists ? lists : 0);
      for (int value : values) {
        if (ints) {
          out.putInt(place, value);
        } else {
          out.putShort(place, (short) value);
        }
        place += ints ? 4 : 2;
      }
      lists = Math.max(lists, place);
    }
    return out.array();
  }
}
