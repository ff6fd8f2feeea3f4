package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A PNG taken apart. The native decoder writes what it finds wrong to the error stream, and stops a
 * program for none of it, so that a file is checked here first and the decoder is given a plain
 * one: no colour profile, no text, no transparency, no frames.
 */
public final class PngFile {
  private static final int SIGNATURE = 8;
  private static final int CHUNK_OVERHEAD = 12;
  private static final int COLOR_TYPE = 9;
  private static final int GRAY = 0;
  private static final int GRAY_ALPHA = 4;
  private static final int PALETTE = 3;

  private final Bytes file;

  public PngFile(Bytes file) {
    this.file = file;
  }

  /** The header, from the first chunk and from those that tell of orientation, alpha and frames. */
  public PictureHeader header() {
    if (file.u32be(SIGNATURE) != 13 || !file.name(SIGNATURE + 4).equals("IHDR")) {
      throw new InvalidInputException("a PNG must begin with a chunk IHDR of 13 bytes");
    }
    PngLayout layout = layout();
    boolean alpha = layout.hasAlpha();
    boolean frames = false;
    int orientation = Exif.UPRIGHT;
    for (long at = SIGNATURE; at + CHUNK_OVERHEAD <= file.length(); at = next(at)) {
      switch (file.name(at + 4)) {
        case "tRNS" -> alpha = true;
        case "acTL" -> frames = true;
        case "eXIf" -> orientation = Exif.orientation(payload(at));
        default -> {}
      }
    }
    List<String> notices = new ArrayList<>();
    if (alpha) {
      notices.add(PictureHeader.ALPHA_DROPPED);
    }
    if (frames) {
      notices.add(PictureHeader.FIRST_FRAME);
    }
    return new PictureHeader(
        layout.width(), layout.height(), layout.samples(), orientation, notices);
  }

  /**
   * Whether the picture is gray beside an alpha channel, which the decoder turns into four equal
   * channels.
   */
  public boolean isGrayWithAlpha() {
    return layout().colorType() == GRAY_ALPHA;
  }

  /**
   * Bits of the number that is stored for each pixel: a level of gray or a place in the palette; 0
   * where it has colours.
   */
  public int bitsOfNumbers() {
    PngLayout layout = layout();
    return switch (layout.colorType()) {
      case GRAY, PALETTE, GRAY_ALPHA -> layout.bitDepth();
      default -> 0;
    };
  }

  /**
   * As {@link #essentials}, but with the places in a palette in place of its colours, as gray.
   *
   * @throws InvalidInputException if a chunk is missing, cut off or damaged, or the pixels are
   */
  public byte[] numbers() {
    PngLayout layout = layout();
    if (layout.colorType() != PALETTE) {
      return essentials();
    }
    byte[] header = payload(SIGNATURE);
    header[COLOR_TYPE] = GRAY;
    return essentials(layout, header);
  }

  /**
   * The same picture with nothing but what is needed to decode it.
   *
   * @throws InvalidInputException if a chunk is missing, cut off or damaged, or the pixels are
   */
  public byte[] essentials() {
    return essentials(layout(), payload(SIGNATURE));
  }

  private byte[] essentials(PngLayout layout, byte[] header) {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream(file.length());
    byte[] palette = {};
    boolean ended = false;
    for (long at = SIGNATURE; !ended; at = next(at)) {
      String name = file.name(at + 4);
      switch (name) {
        case "IHDR" -> checkSum(at);
        case "PLTE" -> {
          checkSum(at);
          palette = payload(at);
        }
        case "IDAT" -> {
          checkSum(at);
          pixels.writeBytes(payload(at));
        }
        case "IEND" -> ended = true;
        default -> file.require(at, CHUNK_OVERHEAD + file.u32be(at));
      }
    }
    byte[] compressed = layout.checkedPixels(pixels.toByteArray());
    ByteArrayOutputStream out = new ByteArrayOutputStream(compressed.length + 1024);
    out.writeBytes(file.copy(0, SIGNATURE));
    write(out, "IHDR", header);
    if (header[COLOR_TYPE] == PALETTE) {
      write(out, "PLTE", wholePalette(palette, layout.bitDepth()));
    }
    write(out, "IDAT", compressed);
    write(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private PngLayout layout() {
    return PngLayout.of(payload(SIGNATURE));
  }

  private long next(long at) {
    return at + CHUNK_OVERHEAD + file.u32be(at);
  }

  private byte[] payload(long at) {
    return file.copy(at + 8, file.u32be(at));
  }

  private void checkSum(long at) {
    long length = file.u32be(at);
    file.require(at, CHUNK_OVERHEAD + length);
    CRC32 crc = new CRC32();
    crc.update(file.data(), (int) at + 4, (int) length + 4);
    if (crc.getValue() != file.u32be(at + 8 + length)) {
      throw new InvalidInputException(
          "a PNG's chunks must match their checksums, got damaged data in chunk "
              + file.name(at + 4));
    }
  }

  /**
   * Colours that the palette lacks are black, as every decoder shows them; ours would complain
   * about each.
   */
  private static byte[] wholePalette(byte[] palette, int bitDepth) {
    int most = 3 << bitDepth;
    if (palette.length < 3 || palette.length % 3 != 0 || palette.length > most) {
      throw new InvalidInputException(
          "a PNG's palette must be of 3 to %d bytes, three for a colour, got %d"
              .formatted(most, palette.length));
    }
    return Arrays.copyOf(palette, most);
  }

  private static void write(ByteArrayOutputStream out, String name, byte[] payload) {
    ByteBuffer chunk = ByteBuffer.allocate(payload.length + CHUNK_OVERHEAD);
    chunk.putInt(payload.length);
    chunk.put(name.getBytes(StandardCharsets.ISO_8859_1));
    chunk.put(payload);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, payload.length + 4);
    chunk.putInt((int) crc.getValue());
    out.writeBytes(chunk.array());
  }
}
