package dev.quicklime.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** GIFs of 8×8 pixels, each frame of one gray. */
public final class TestGifs {

  /** Stands for a frame that has no control block, which would say for how long it is shown. */
  public static final int BARE = -1;

  /** What a GIF ends with. */
  public static final int TRAILER = 0x3b;

  private static final int SIDE = 8;

  private TestGifs() {}

  /** The gray of a frame. */
  public static int gray(int frame) {
    return 80 * (frame % 4);
  }

  /**
   * A whole file.
   *
   * @param signature GIF87a or GIF89a
   * @param hundredths for how long each frame is shown, or {@link #BARE}
   */
  public static byte[] gif(String signature, int... hundredths) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(signature.getBytes(StandardCharsets.US_ASCII));
    // A screen with a table of four colours.
    put(out, SIDE, 0, SIDE, 0, 0x81, 0, 0);
    for (int i = 0; i < 4; i++) {
      put(out, gray(i), gray(i), gray(i));
    }
    for (int i = 0; i < hundredths.length; i++) {
      if (hundredths[i] != BARE) {
        put(out, 0x21, 0xf9, 4, 0, hundredths[i] & 0xff, hundredths[i] >> 8, 0, 0);
      }
      put(out, 0x2c, 0, 0, 0, 0, SIDE, 0, SIDE, 0, 0, 2);
      byte[] codes = codes(i % 4);
      out.write(codes.length);
      out.writeBytes(codes);
      out.write(0);
    }
    out.write(TRAILER);
    return out.toByteArray();
  }

  private static void put(ByteArrayOutputStream out, int... bytes) {
    for (int value : bytes) {
      out.write(value);
    }
  }

  /** LZW that begins anew after two pixels, so that all codes have three bits. */
  private static byte[] codes(int colour) {
    int begin = 4;
    int end = 5;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int bits = 0;
    int held = 0;
    for (int i = 0; i <= 3 * SIDE * SIDE / 2; i++) {
      int code = i == 3 * SIDE * SIDE / 2 ? end : i % 3 == 0 ? begin : colour;
      held |= code << bits;
      bits += 3;
      while (bits >= 8) {
        out.write(held);
        held >>= 8;
        bits -= 8;
      }
    }
    out.write(held);
    return out.toByteArray();
  }
}
