package dev.quicklime.serve.ring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * One message: an object and bytes that belong to it, numbers in them little-endian.
 *
 * @param head what it says
 * @param body the bytes; empty where there are none
 */
record RingFrame(ObjectNode head, ByteBuffer body) {

  RingFrame {
    body = body.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A whole number of the head. */
  long number(String field, long least, long most) {
    return number(head.get(field), field, least, most);
  }

  /** The same as an int. */
  int integer(String field, int least, int most) {
    return (int) number(field, least, most);
  }

  /** A list of whole numbers of the head. */
  long[] numbers(String field, long least, long most) {
    JsonNode list = head.get(field);
    if (list == null || !list.isArray()) {
      throw new InvalidInputException(field + " must be a list of whole numbers, got " + list);
    }
    long[] numbers = new long[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(list.get(i), field, least, most);
    }
    return numbers;
  }

  private static long number(@Nullable JsonNode value, String field, long least, long most) {
    if (value == null
        || !value.canConvertToLong()
        || !value.isIntegralNumber()
        || value.longValue() < least
        || value.longValue() > most) {
      throw new InvalidInputException(
          "%s must be a whole number from %s to %s, got %s".formatted(field, least, most, value));
    }
    return value.longValue();
  }

  /** A text of the head. */
  String text(String field) {
    JsonNode value = head.get(field);
    if (value == null || !value.isTextual()) {
      throw new InvalidInputException(field + " must be a text, got " + value);
    }
    return value.textValue();
  }

  /** The body's numbers of 8 bytes. */
  double[] doubles(int count) {
    checkBody((long) count * Double.BYTES);
    double[] numbers = new double[count];
    body.asDoubleBuffer().get(numbers);
    return numbers;
  }

  /** The body's words of 64 bits. */
  long[] words(int count) {
    checkBody((long) count * Long.BYTES);
    long[] words = new long[count];
    body.asLongBuffer().get(words);
    return words;
  }

  private void checkBody(long bytes) {
    if (body.capacity() != bytes) {
      throw new InvalidInputException(
          "the body must have %s bytes, got %s".formatted(bytes, body.capacity()));
    }
  }
}
