package dev.quicklime.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Small whole HEIF and JPEG 2000 files, box by box after ISO/IEC 23008-12 and 15444-1. What a
 * native decoder would be given of them is nothing, as nobody here looks at it.
 */
final class StillSeeds {

  private static final int CODED_BYTES = 24;

  private StillSeeds() {}

  /** A picture coded as a whole, cut, turned and mirrored, with its opacity beside it. */
  static byte[] heif() {
    byte[] properties =
        box(
            "ipco",
            full("ispe", 0, u32(32, 48)),
            box("hvcC", new byte[23]),
            box("colr", Seeds.latin("nclx"), u16(1, 13, 6), u8(0x80)),
            box("clap", u32(31, 1, 45, 1, 1, 2, 1, 2)),
            box("irot", u8(1)),
            box("imir", u8(0)),
            full("auxC", 0, Seeds.latin("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0")));
    byte[] own =
        full("ipma", 0, u32(2), u16(1), u8(6, 1, 0x82, 3, 4, 5, 6), u16(2), u8(3, 1, 0x82, 7));
    byte[] references = full("iref", 0, box("auxl", u16(2, 1, 1)));
    byte[] places = full("iloc", 0, u8(0x44, 0), u16(2), place(1, 0), place(2, CODED_BYTES));
    return file(
        "heic",
        items(1, entry(1, "hvc1", 0), entry(2, "hvc1", 0)),
        box("iprp", properties, own),
        references,
        places,
        new byte[0]);
  }

  /** A grid of two tiles of AV1, the wide forms of numbers where there are such. */
  static byte[] grid() {
    byte[] properties =
        box(
            "ipco",
            full("ispe", 0, u32(32, 48)),
            box("av1C", u8(0x81, 0, 12, 0, 10, 1, 0)),
            full("ispe", 0, u32(60, 48)));
    byte[] own =
        full(
            "ipma",
            0x0100_0001,
            u32(3),
            u32(1),
            u8(2),
            u16(1, 0x8002),
            u32(2),
            u8(2),
            u16(1, 0x8002),
            u32(3),
            u8(1),
            u16(3));
    byte[] references = full("iref", 0x0100_0000, box("dimg", u32(3), u16(2), u32(1, 2)));
    byte[] places =
        full(
            "iloc",
            0x0100_0000,
            u8(0x44, 0x40),
            u16(3),
            wide(1, 0, 0),
            wide(2, 0, CODED_BYTES),
            u16(3, 1, 0),
            u32(0),
            u16(1),
            u32(0, 8));
    byte[] data = box("idat", u8(0, 0, 0, 1), u16(60, 48));
    return file(
        "avif",
        items(3, entry(1, "av01", 1), entry(2, "av01", 1), entry(3, "grid", 0)),
        box("iprp", properties, own),
        references,
        places,
        data);
  }

  private static byte[] items(int primary, byte[]... entries) {
    byte[] all = full("iinf", 0, u16(entries.length), joined(entries));
    return joined(full("pitm", 0, u16(primary)), all);
  }

  private static byte[] entry(int item, String type, int flags) {
    return full("infe", 0x0200_0000 | flags, u16(item, 0), Seeds.latin(type), u8(0));
  }

  private static byte[] place(int item, int offset) {
    return joined(u16(item, 0, 1), u32(offset, CODED_BYTES));
  }

  private static byte[] wide(int item, int construction, int offset) {
    return joined(u16(item, construction, 0), u32(0), u16(1), u32(offset, CODED_BYTES));
  }

  /** Places count from the file's first byte, and so from before the coded bytes were there. */
  private static byte[] file(
      String brand, byte[] items, byte[] properties, byte[] links, byte[] places, byte[] data) {
    byte[] head = box("ftyp", Seeds.latin(brand), u32(0), Seeds.latin("mif1"), Seeds.latin(brand));
    byte[] meta = full("meta", 0, items, properties, links, places, data);
    byte[] all = joined(head, meta, box("mdat", new byte[2 * CODED_BYTES]));
    ByteBuffer bytes = ByteBuffer.wrap(all);
    int start = head.length + meta.length + 8;
    int at = new String(all, StandardCharsets.ISO_8859_1).indexOf("iloc") + 4;
    boolean wide = all[at] > 0;
    for (int i = 0; i < 2; i++) {
      int offset = at + (wide ? 8 + 20 * i + 12 : 8 + 14 * i + 6);
      bytes.putInt(offset, bytes.getInt(offset) + start);
    }
    return all;
  }

  /** The header of a code stream of three components. */
  private static byte[] stream(int components, int depth) {
    byte[] each = new byte[3 * components];
    for (int i = 0; i < components; i++) {
      each[3 * i] = (byte) (depth - 1);
      each[3 * i + 1] = 1;
      each[3 * i + 2] = 1;
    }
    return joined(
        u16(0xff4f, 0xff51, 38 + each.length, 0),
        u32(19, 12, 0, 0, 19, 12, 0, 0),
        u16(components),
        each,
        u16(0xff52, 12, 0, 1, 1, 0x0505, 0x0404, 0xff90));
  }

  /** A code stream alone. */
  static byte[] stream() {
    return stream(1, 16);
  }

  /** A JPEG 2000 with its boxes. */
  static byte[] jp2() {
    byte[] head =
        box(
            "jp2h",
            box("ihdr", u32(12, 19), u16(3), u8(7, 7, 0, 0)),
            box("colr", u8(1, 0, 0), u32(16)));
    return joined(
        box("jP  ", u8(13, 10, 0x87, 10)),
        box("ftyp", Seeds.latin("jp2 "), u32(0), Seeds.latin("jp2 ")),
        head,
        box("jp2c", stream(3, 8)));
  }

  private static byte[] box(String type, byte[]... parts) {
    byte[] contents = joined(parts);
    return joined(u32(8 + contents.length), Seeds.latin(type), contents);
  }

  /** A box that begins with a version, in its highest byte, and flags. */
  private static byte[] full(String type, int version, byte[]... parts) {
    return box(type, u32(version), joined(parts));
  }

  private static byte[] u8(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] u16(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes.array();
  }

  private static byte[] u32(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
