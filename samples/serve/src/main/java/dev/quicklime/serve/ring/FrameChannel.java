package dev.quicklime.serve.ring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Messages over a stream of bytes: the lengths of head and body as little-endian integers of 32
 * bits, the head in JSON, the body. For one thread.
 */
final class FrameChannel {

  /** Of a head; no field of it grows with a picture. */
  static final int MOST_HEAD = 1 << 20;

  private static final int LENGTHS = 2 * Integer.BYTES;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final InputStream in;
  private final OutputStream out;

  FrameChannel(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** An object to be filled in. */
  static ObjectNode head() {
    return MAPPER.createObjectNode();
  }

  /**
   * Waits for the next message.
   *
   * @return null if the stream ends before it
   * @throws IOException if it ends within it, or this is no message: what follows cannot be read
   */
  @Nullable RingFrame read() throws IOException {
    byte[] start = in.readNBytes(LENGTHS);
    if (start.length == 0) {
      return null;
    }
    if (start.length < LENGTHS) {
      throw new EOFException("the peer ended within the lengths of a message");
    }
    ByteBuffer lengths = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    int head = lengths.getInt();
    int body = lengths.getInt();
    if (head < 0 || head > MOST_HEAD || body < 0) {
      throw new IOException(
          "a message must have a head of at most %s bytes and a body under 2 GiB, got %s and %s"
              .formatted(
                  MOST_HEAD, Integer.toUnsignedString(head), Integer.toUnsignedString(body)));
    }
    return new RingFrame(object(bytes(head)), ByteBuffer.wrap(bytes(body)));
  }

  private static ObjectNode object(byte[] json) throws IOException {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new IOException("the head of a message must be JSON", e);
    }
    throw new IOException("the head of a message must be an object");
  }

  /** Memory is taken as bytes come, not as they are announced. */
  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the peer ended after %s of %s bytes".formatted(bytes.length, count));
    }
    return bytes;
  }

  /** Sends a message without a body. */
  void write(ObjectNode head) throws IOException {
    write(head, new double[0]);
  }

  /** Sends a message whose body is some numbers. */
  void write(ObjectNode head, double[] numbers) throws IOException {
    byte[] json = MAPPER.writeValueAsBytes(head);
    int body = Math.multiplyExact(numbers.length, Double.BYTES);
    ByteBuffer message =
        ByteBuffer.allocate(Math.addExact(LENGTHS + json.length, body))
            .order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(json.length).putInt(body).put(json);
    message.asDoubleBuffer().put(numbers);
    out.write(message.array());
    out.flush();
  }
}
