package dev.quicklime.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes bytes in the ways that find faults of readers; the same seed changes them the same. */
final class Mutator {

  private static final int MOST_CHANGES = 6;
  private static final int MOST_BYTES = 1 << 20;

  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    7,
    8,
    16,
    127,
    128,
    255,
    256,
    1 << 10,
    32767,
    32768,
    65535,
    65536,
    46_341,
    1 << 24,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Integer.MAX_VALUE - 8,
    1L << 31,
    1L << 32,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE / 8
  };

  private static final List<String> WORDS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "(",
          ")",
          "\"",
          "'",
          ",",
          ":",
          "\\",
          "\n",
          "\r\n",
          "\0",
          "null",
          "NaN",
          "-1",
          "1e999",
          "\"\"",
          "[[[[[[[[",
          "{\"a\":",
          "\uFEFF",
          "\u00e9",
          "\ud83d",
          "../",
          "True",
          "99999999999999999999");

  private final SplittableRandom random;

  Mutator(long seed) {
    random = new SplittableRandom(seed);
  }

  SplittableRandom random() {
    return random;
  }

  /** Some changes of a seed, others of which may lend a part. */
  byte[] change(byte[] seed, List<byte[]> others) {
    byte[] bytes = seed;
    int changes = 1;
    while (changes < MOST_CHANGES && random.nextBoolean()) {
      changes++;
    }
    for (int i = 0; i < changes; i++) {
      bytes = change(bytes, others.get(random.nextInt(others.size())));
    }
    return bytes;
  }

  private byte[] change(byte[] bytes, byte[] other) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(11)) {
      case 0 -> flipped(bytes, at);
      case 1, 2 -> number(bytes, at);
      case 3 -> digits(bytes, at);
      case 4 -> Arrays.copyOf(bytes, at);
      case 5 -> replaced(bytes, at, length(bytes.length - at), new byte[0]);
      case 6 -> replaced(bytes, at, 0, copy(bytes, random.nextInt(bytes.length)));
      case 7 -> replaced(bytes, at, length(bytes.length - at), copy(other, 0));
      case 8 ->
          replaced(
              bytes,
              at,
              0,
              WORDS
                  .get(random.nextInt(WORDS.size()))
                  .getBytes(java.nio.charset.StandardCharsets.UTF_8));
      case 9 -> repeated(bytes, at);
      default -> set(bytes, at);
    };
  }

  /** Short ones are as likely as long ones. */
  private int length(int most) {
    return most < 2 ? most : random.nextInt(1, 1 + Math.max(1, most >> random.nextInt(1, 12)));
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= (byte) (1 << (at & 7));
    return changed;
  }

  private byte[] set(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) random.nextInt(256);
    return changed;
  }

  /** A number of one, two, four or eight bytes and either order. */
  private byte[] number(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    long value = NUMBERS[random.nextInt(NUMBERS.length)];
    int size = Math.min(1 << random.nextInt(4), bytes.length - at);
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    number.putLong(0, value);
    boolean big = random.nextBoolean();
    for (int i = 0; i < size; i++) {
      changed[at + (big ? size - 1 - i : i)] = number.get(i);
    }
    return changed;
  }

  /** A number that is written in digits, the next one from here. */
  private byte[] digits(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && !(bytes[at] >= '0' && bytes[at] <= '9')) {
      at++;
    }
    int end = at;
    while (end < bytes.length && bytes[end] >= '0' && bytes[end] <= '9') {
      end++;
    }
    String value = String.valueOf(NUMBERS[random.nextInt(NUMBERS.length)]);
    return replaced(bytes, at, end - at, value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private byte[] copy(byte[] bytes, int from) {
    int start = from == 0 && bytes.length > 0 ? random.nextInt(bytes.length) : from;
    return Arrays.copyOfRange(bytes, start, start + length(bytes.length - start));
  }

  private byte[] repeated(byte[] bytes, int at) {
    byte[] part = Arrays.copyOfRange(bytes, at, at + Math.min(bytes.length - at, length(16)));
    int times = 1 << random.nextInt(1, 14);
    byte[] all = new byte[Math.min(part.length * times, MOST_BYTES)];
    for (int i = 0; i < all.length; i++) {
      all[i] = part[i % part.length];
    }
    return replaced(bytes, at, 0, all);
  }

  private static byte[] replaced(byte[] bytes, int at, int length, byte[] with) {
    if (bytes.length - length + with.length > MOST_BYTES) {
      return bytes;
    }
    byte[] changed = Arrays.copyOf(bytes, bytes.length - length + with.length);
    System.arraycopy(with, 0, changed, at, with.length);
    System.arraycopy(bytes, at + length, changed, at + with.length, bytes.length - at - length);
    return changed;
  }
}
