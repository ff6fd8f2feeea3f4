package dev.quicklime.cli.video;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/** Tells a file that ends before its container does, by the sizes that stand in it. */
final class FileEnd {

  private static final long EBML = 0x1a45dfa3L;
  private static final long SEGMENT = 0x18538067L;

  /** Sizes of a RIFF that only say that its writer did not know. */
  private static final long UNKNOWN = 0xfffffff0L;

  /** Boxes of MP4 and QuickTime that hold something that is needed. */
  private static final Set<String> NEEDED = Set.of("mdat", "moov", "moof");

  private final RandomAccessFile in;
  private final long length;

  private FileEnd(RandomAccessFile in) throws IOException {
    this.in = in;
    length = in.length();
  }

  /** Whether something that the file announces lies behind its end; false where it does not say. */
  static boolean isCut(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      FileEnd end = new FileEnd(in);
      String name = end.name(0);
      if (name.equals("RIFF")) {
        return end.riff();
      }
      return (end.number(0) & 0xffffffffL) == EBML ? end.matroska() : end.boxes();
    } catch (EOFException e) {
      return false;
    }
  }

  /** Chunks that are called RIFF, one behind the other. */
  private boolean riff() throws IOException {
    long at = 0;
    while (at + 8 <= length && name(at).equals("RIFF")) {
      long size = Integer.toUnsignedLong(Integer.reverseBytes((int) number(at + 4)));
      if (size == 0 || size >= UNKNOWN) {
        return false;
      }
      at += 8 + size;
      if (at > length) {
        return true;
      }
      at += size % 2;
    }
    return false;
  }

  /** The first segment. */
  private boolean matroska() throws IOException {
    long at = 0;
    while (at < length) {
      in.seek(at);
      long id = numeral(false);
      long size = numeral(true);
      if (size < 0) {
        return false;
      }
      at = in.getFilePointer() + size;
      if (id == SEGMENT || at > length) {
        return at > length;
      }
    }
    return false;
  }

  /** A number of as many bytes as its first bit says; -1 where a size is not known. */
  private long numeral(boolean size) throws IOException {
    int first = in.readUnsignedByte();
    int bytes = Integer.numberOfLeadingZeros(first) - 23;
    if (bytes > 8) {
      throw new EOFException();
    }
    int mask = size ? (0x80 >> (bytes - 1)) - 1 : 0xff;
    long value = first & mask;
    boolean ones = value == mask;
    for (int i = 1; i < bytes; i++) {
      int next = in.readUnsignedByte();
      ones &= next == 0xff;
      value = value << 8 | next;
    }
    return size && ones ? -1 : value;
  }

  private boolean boxes() throws IOException {
    long at = 0;
    while (at + 8 <= length) {
      long size = number(at) & 0xffffffffL;
      String name = name(at + 4);
      if (size == 1) {
        size = number(at + 8) << 32 | (number(at + 12) & 0xffffffffL);
      }
      if (size < 8) {
        return false;
      }
      if (size > length - at) {
        return NEEDED.contains(name);
      }
      at += size;
    }
    return false;
  }

  private String name(long at) throws IOException {
    return new String(four(at), StandardCharsets.ISO_8859_1);
  }

  private long number(long at) throws IOException {
    return ByteBuffer.wrap(four(at)).order(ByteOrder.BIG_ENDIAN).getInt();
  }

  private byte[] four(long at) throws IOException {
    byte[] bytes = new byte[4];
    in.seek(at);
    in.readFully(bytes);
    return bytes;
  }
}
