package dev.quicklime.cli.video;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the blocks of a GIF say, without its pixels.
 *
 * @param frames how many begin
 * @param whole whether nothing is missing at its end, as far as its blocks can be followed
 * @param inPart whether the last frame's pixels break off
 * @param bare where frames begin that nothing says for how long to show, in bytes
 */
record GifBlocks(int frames, boolean whole, boolean inPart, List<Integer> bare) {

  private static final int SIGNATURE = 6;
  private static final int SCREEN = 7;
  private static final int DESCRIPTOR = 9;
  private static final int COLOURS = 0x80;
  private static final int IMAGE = 0x2c;
  private static final int EXTENSION = 0x21;
  private static final int CONTROL = 0xf9;
  private static final int TRAILER = 0x3b;

  /** A control that shows a frame for 10 hundredths of a second, as browsers do without one. */
  private static final byte[] TENTH = {EXTENSION, (byte) CONTROL, 4, 0, 10, 0, 0, 0};

  /** A longer file is not taken into memory. */
  private static final long MOST_BYTES = 1L << 29;

  /** Copies the list. */
  GifBlocks {
    bare = List.copyOf(bare);
  }

  /** What a file's blocks say, or null where it is no GIF. */
  static @Nullable GifBlocks of(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      String signature = new String(in.readNBytes(SIGNATURE), StandardCharsets.ISO_8859_1);
      return signature.equals("GIF87a") || signature.equals("GIF89a")
          ? new Blocks(in).read()
          : null;
    }
  }

  /**
   * The file with a control for every frame that has none, as FFmpeg takes all of a file without
   * any for one frame; or null where there is nothing to be done.
   */
  byte @Nullable [] controlled(Path file) throws IOException {
    // The file, what is made of it and what is read of that lie in memory at once.
    long most = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 8);
    if (bare.isEmpty() || frames < 2 || Files.size(file) > most) {
      return null;
    }
    byte[] bytes = Files.readAllBytes(file);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + TENTH.length * frames);
    int from = 0;
    for (int at : bare) {
      out.write(bytes, from, at - from);
      out.writeBytes(TENTH);
      from = at;
    }
    out.write(bytes, from, bytes.length - from);
    return out.toByteArray();
  }

  /** Goes from block to block. */
  private static final class Blocks {

    private final InputStream in;
    private final List<Integer> bare = new ArrayList<>();
    private long at = SIGNATURE;
    private int frames;
    private boolean within;

    Blocks(InputStream in) {
      this.in = in;
    }

    GifBlocks read() throws IOException {
      try {
        return new GifBlocks(frames(), true, false, bare);
      } catch (EOFException e) {
        return new GifBlocks(frames, false, within, bare);
      }
    }

    private int frames() throws IOException {
      table(SCREEN, 4);
      boolean controlled = false;
      while (true) {
        long begin = at;
        switch (next()) {
          case IMAGE -> {
            table(DESCRIPTOR, DESCRIPTOR - 1);
            frames++;
            within = true;
            if (!controlled && begin <= MOST_BYTES) {
              bare.add((int) begin);
            }
            controlled = false;
            // The size of the first codes.
            next();
            blocks();
            within = false;
          }
          case EXTENSION -> {
            controlled |= next() == CONTROL;
            blocks();
          }
          case TRAILER -> {
            return frames;
          }
          case 0 -> {
            // Some writers fill up with these.
          }
          default -> {
            // What follows is no GIF; nobody can tell what would be missing.
            return frames;
          }
        }
      }
    }

    /** Passes by a descriptor and the colours that it announces. */
    private void table(int length, int flagsAt) throws IOException {
      int flags = 0;
      for (int i = 0; i < length; i++) {
        int value = next();
        flags = i == flagsAt ? value : flags;
      }
      if ((flags & COLOURS) != 0) {
        skip(3 << ((flags & 7) + 1));
      }
    }

    private void blocks() throws IOException {
      for (int length = next(); length > 0; length = next()) {
        skip(length);
      }
    }

    private int next() throws IOException {
      int value = in.read();
      if (value < 0) {
        throw new EOFException();
      }
      at++;
      return value;
    }

    private void skip(int bytes) throws IOException {
      in.skipNBytes(bytes);
      at += bytes;
    }
  }
}
