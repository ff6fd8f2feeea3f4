package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import java.nio.charset.StandardCharsets;

/** Looks into a file's bytes; whoever looks past the end learns that the file is cut off. */
public final class Bytes {
  private final byte[] data;

  public Bytes(byte[] data) {
    this.data = data;
  }

  public int length() {
    return data.length;
  }

  public int u8(long at) {
    require(at, 1);
    return data[(int) at] & 0xff;
  }

  public int u16be(long at) {
    return u8(at) << 8 | u8(at + 1);
  }

  public int u16le(long at) {
    return u8(at + 1) << 8 | u8(at);
  }

  public int u24le(long at) {
    return u8(at + 2) << 16 | u16le(at);
  }

  public long u32be(long at) {
    return (long) u16be(at) << 16 | u16be(at + 2);
  }

  public long u32le(long at) {
    return (long) u16le(at + 2) << 16 | u16le(at);
  }

  /** Four letters, as most formats name their parts. */
  public String name(long at) {
    require(at, 4);
    return new String(data, (int) at, 4, StandardCharsets.ISO_8859_1);
  }

  /** Whether these bytes, given as numbers, stand here; false past the end. */
  public boolean matches(long at, int... expected) {
    if (at < 0 || at + expected.length > data.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (u8(at + i) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  public void require(long at, long count) {
    if (at < 0 || count < 0 || at + count > data.length) {
      throw new InvalidInputException(
          "must be a complete picture, got one cut off or damaged: %d bytes wanted at %d of %d"
              .formatted(count, at, data.length));
    }
  }

  public byte[] copy(long at, long count) {
    require(at, count);
    byte[] part = new byte[(int) count];
    System.arraycopy(data, (int) at, part, 0, part.length);
    return part;
  }

  /** The array itself, not to be changed. */
  public byte[] data() {
    return data;
  }
}
