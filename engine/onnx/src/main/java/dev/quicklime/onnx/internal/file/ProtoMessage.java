package dev.quicklime.onnx.internal.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.quicklime.internal.file.ReadBudget;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of one message in the wire format of Protocol Buffers, in the order in which they lie
 * there. Nothing is copied and nothing is known of their meaning. For one thread.
 */
final class ProtoMessage {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  /** A card with thousands of labels is far below this, what is no text may be above. */
  private static final long LONGEST_TEXT = 64 << 20;

  private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

  private final MemorySegment bytes;
  private long at;
  private long begin;
  private int field;
  private int wire;
  private long number;
  private MemorySegment content = NOTHING;

  ProtoMessage(MemorySegment bytes) {
    this.bytes = bytes;
  }

  /**
   * Goes on to the next field.
   *
   * @return whether there is one
   * @throws IOException if the bytes are no message
   */
  boolean next() throws IOException {
    if (at == bytes.byteSize()) {
      return false;
    }
    begin = at;
    long tag = varint();
    field = (int) (tag >>> 3);
    wire = (int) (tag & 7);
    if (tag >>> 32 != 0 || field == 0) {
      throw new IOException("no field has the number " + (tag >>> 3));
    }
    number = 0;
    content = NOTHING;
    switch (wire) {
      case VARINT -> number = varint();
      case FIXED64 -> number = little(take(Long.BYTES));
      case FIXED32 -> number = little(take(Integer.BYTES));
      case LENGTH -> content = take(varint());
      default -> throw new IOException("a field has the unknown kind " + wire);
    }
    return true;
  }

  /** Its number within the message, ≥ 1. */
  int field() {
    return field;
  }

  /** Its value where it is a number, else 0. */
  long number() {
    return number;
  }

  /** Its value where it is bytes, a text or a message, else nothing. */
  MemorySegment content() {
    return content;
  }

  /** The whole field with its tag. */
  MemorySegment whole() {
    return bytes.asSlice(begin, at - begin);
  }

  /** Its value as a message. */
  ProtoMessage message() throws IOException {
    if (wire != LENGTH) {
      throw new IOException("field %d is no message".formatted(field));
    }
    return new ProtoMessage(content);
  }

  /** Its value as a text in UTF-8. */
  String text() throws IOException {
    if (wire != LENGTH) {
      throw new IOException("field %d is no text".formatted(field));
    }
    if (content.byteSize() > ReadBudget.mostSmall(LONGEST_TEXT)) {
      throw new IOException("a text of %d bytes".formatted(content.byteSize()));
    }
    return new String(content.toArray(JAVA_BYTE), StandardCharsets.UTF_8);
  }

  /** Its value as numbers, of which a field holds one or several packed together. */
  long[] numbers() throws IOException {
    if (wire != LENGTH) {
      return new long[] {number};
    }
    ProtoMessage packed = new ProtoMessage(content);
    long[] values = new long[(int) Math.min(content.byteSize(), 1024)];
    int count = 0;
    while (packed.at < content.byteSize()) {
      if (count == values.length) {
        throw new IOException("a list of more than %d numbers".formatted(count));
      }
      values[count++] = packed.varint();
    }
    return Arrays.copyOf(values, count);
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at == bytes.byteSize()) {
        throw new IOException("it ends within a number");
      }
      byte next = bytes.get(JAVA_BYTE, at++);
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("a number has more than ten bytes");
  }

  private MemorySegment take(long length) throws IOException {
    if (length < 0 || length > bytes.byteSize() - at) {
      throw new IOException(
          "a field of %s bytes does not fit the %d that are left"
              .formatted(Long.toUnsignedString(length), bytes.byteSize() - at));
    }
    MemorySegment taken = bytes.asSlice(at, length);
    at += length;
    return taken;
  }

  private static long little(MemorySegment value) {
    return value.byteSize() == Long.BYTES
        ? value.get(JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0)
        : value.get(JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
  }
}
