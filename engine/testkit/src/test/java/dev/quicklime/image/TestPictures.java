package dev.quicklime.image;

import dev.quicklime.internal.opencv.TestCodec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Picture files made byte by byte, so that every field of them can be chosen. */
public final class TestPictures {
  private TestPictures() {}

  /** RGB, all pixels different: red runs along x, green along y, blue along both. */
  static byte[] rgb(int width, int height) {
    byte[] pixels = new byte[width * height * 3];
    for (int i = 0; i < width * height; i++) {
      pixels[3 * i] = (byte) (i % width * 7);
      pixels[3 * i + 1] = (byte) (i / width * 9);
      pixels[3 * i + 2] = (byte) (i % width * 3 + i / width * 5);
    }
    return pixels;
  }

  static byte[] jpeg(int width, int height) {
    return TestCodec.encode(".jpg", rgb(width, height), width, height, 3);
  }

  static byte[] webp(int width, int height) {
    return TestCodec.encode(".webp", rgb(width, height), width, height, 3);
  }

  static byte[] bmp(int width, int height) {
    return TestCodec.encode(".bmp", rgb(width, height), width, height, 3);
  }

  /**
   * A PNG; {@code samples} are its rows without filter bytes, {@code extra} stands before the
   * pixels.
   */
  static byte[] png(
      int width, int height, int bitDepth, int colorType, byte[] samples, byte[]... extra) {
    int rowLength = samples.length / height;
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (int y = 0; y < height; y++) {
      rows.write(0);
      rows.write(samples, y * rowLength, rowLength);
    }
    return pngOf(width, height, bitDepth, colorType, deflate(rows.toByteArray()), extra);
  }

  /** A PNG with any bytes for its compressed pixels. */
  static byte[] pngOf(
      int width, int height, int bitDepth, int colorType, byte[] compressed, byte[]... extra) {
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(width).putInt(height).put((byte) bitDepth).put((byte) colorType);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    out.writeBytes(chunk("IHDR", header.array()));
    for (byte[] more : extra) {
      out.writeBytes(more);
    }
    out.writeBytes(chunk("IDAT", compressed));
    out.writeBytes(chunk("IEND", new byte[0]));
    return out.toByteArray();
  }

  static byte[] chunk(String name, byte[] payload) {
    ByteBuffer chunk = ByteBuffer.allocate(payload.length + 12);
    chunk.putInt(payload.length).put(name.getBytes(StandardCharsets.US_ASCII)).put(payload);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, payload.length + 4);
    chunk.putInt((int) crc.getValue());
    return chunk.array();
  }

  static byte[] deflate(byte[] data) {
    Deflater deflater = new Deflater();
    deflater.setInput(data);
    deflater.finish();
    byte[] buffer = new byte[data.length + 100];
    int length = deflater.deflate(buffer);
    deflater.end();
    return java.util.Arrays.copyOf(buffer, length);
  }

  /** A block of EXIF with nothing but an orientation, as a TIFF without its prefix. */
  static byte[] exif(int orientation) {
    ByteBuffer block = ByteBuffer.allocate(26).order(ByteOrder.BIG_ENDIAN);
    block.put(new byte[] {'M', 'M', 0, 42}).putInt(8);
    block.putShort((short) 1);
    block.putShort((short) 0x112).putShort((short) 3).putInt(1);
    block.putShort((short) orientation).putShort((short) 0).putInt(0);
    return block.array();
  }

  /** A JPEG with a block of EXIF put behind its first marker. */
  static byte[] withExif(byte[] jpeg, int orientation) {
    byte[] block = exif(orientation);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    int length = 2 + 6 + block.length;
    out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1, (byte) (length >> 8), (byte) length});
    out.writeBytes(new byte[] {'E', 'x', 'i', 'f', 0, 0});
    out.writeBytes(block);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  /** The same picture in the extended layout of WebP, with a block of EXIF. */
  static byte[] webpWithExif(byte[] webp, int width, int height, int orientation) {
    byte[] block = exif(orientation);
    int picture = webp.length - 12;
    ByteBuffer out =
        ByteBuffer.allocate(12 + 18 + picture + 8 + block.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(out.capacity() - 8);
    out.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(8);
    out.put((byte) (width - 1)).put((byte) ((width - 1) >> 8)).put((byte) 0);
    out.put((byte) (height - 1)).put((byte) ((height - 1) >> 8)).put((byte) 0);
    out.put(webp, 12, picture);
    out.put("EXIF".getBytes(StandardCharsets.US_ASCII)).putInt(block.length).put(block);
    return out.array();
  }

  /** The fields of a TIFF that tests choose. */
  record Tiff(
      int width,
      int height,
      int channels,
      int bits,
      int sampleFormat,
      int extraSamples,
      int orientation,
      ByteOrder order) {
    static Tiff of8(int width, int height, int channels) {
      return new Tiff(width, height, channels, 8, 1, 0, 1, ByteOrder.LITTLE_ENDIAN);
    }

    Tiff with(int newBits, int newFormat, int newExtra, int newOrientation, ByteOrder newOrder) {
      return new Tiff(
          width, height, channels, newBits, newFormat, newExtra, newOrientation, newOrder);
    }

    /** An uncompressed TIFF of one strip. */
    byte[] file(byte[] samples) {
      int extras = channels == 1 || channels == 3 ? 0 : channels - (channels > 3 ? 3 : 1);
      int entries = extras > 0 ? 12 : 11;
      int lists = 8 + samples.length;
      int directory = lists + 3 * 2 * channels;
      directory += directory & 1;
      ByteBuffer out = ByteBuffer.allocate(directory + 2 + 12 * entries + 4).order(order);
      out.put(order == ByteOrder.BIG_ENDIAN ? new byte[] {'M', 'M'} : new byte[] {'I', 'I'});
      out.putShort((short) 42).putInt(directory).put(samples);
      int[] values = {bits, extraSamples, sampleFormat};
      for (int value : values) {
        for (int c = 0; c < channels; c++) {
          // Only the last extra sample has the kind that was chosen.
          boolean chosen = value != extraSamples || c == extras - 1 || value == bits;
          out.putShort((short) (chosen ? value : 0));
        }
      }
      out.position(directory);
      out.putShort((short) entries);
      field(out, 256, 4, 1, width);
      field(out, 257, 4, 1, height);
      shorts(out, 258, channels, bits, lists);
      field(out, 259, 3, 1, 1);
      field(out, 262, 3, 1, channels >= 3 ? 2 : 1);
      field(out, 273, 4, 1, 8);
      field(out, 274, 3, 1, orientation);
      field(out, 277, 3, 1, channels);
      field(out, 278, 4, 1, height);
      field(out, 279, 4, 1, samples.length);
      if (extras > 0) {
        shorts(out, 338, extras, extraSamples, lists + 2 * channels);
      }
      shorts(out, 339, channels, sampleFormat, lists + 4 * channels);
      return out.array();
    }

    private static void field(ByteBuffer out, int tag, int type, int count, int value) {
      out.putShort((short) tag).putShort((short) type).putInt(count);
      if (type == 3) {
        out.putShort((short) value).putShort((short) 0);
      } else {
        out.putInt(value);
      }
    }

    /** As many equal numbers of 16 bits; up to two lie in the field itself. */
    private static void shorts(ByteBuffer out, int tag, int count, int value, int place) {
      out.putShort((short) tag).putShort((short) 3).putInt(count);
      if (count <= 2) {
        out.putShort((short) value).putShort((short) (count == 2 ? value : 0));
      } else {
        out.putInt(place);
      }
    }
  }
}
