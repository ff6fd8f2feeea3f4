package dev.quicklime.torch.weights;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.file.ReadBudget;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the table of a safetensors file: its length in 8 bytes, little-endian, then a JSON object
 * of {@code dtype}, {@code shape} and {@code data_offsets} for each name, then the data, which the
 * tensors fill without gaps and without sharing anything.
 */
final class SafetensorsHeader {

  private static final String KIND = "must be safetensors or a state dict of torch.save, got ";

  /** The tables of the largest classifiers have a few hundred kilobytes. */
  private static final long MAX_BYTES = 16 << 20;

  private static final String METADATA = "__metadata__";
  private static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SafetensorsHeader() {}

  /**
   * A tensor and where it is.
   *
   * @param begin first byte in the file
   * @param end first byte after it
   */
  record Entry(StoredTensor tensor, long begin, long end) {

    int bytes() {
      return tensor.type().bytes();
    }
  }

  /** Reads and checks the table of a whole file. */
  static Map<String, Entry> read(MemorySegment file) {
    if (file.byteSize() < LENGTH.byteSize() + 2) {
      throw new InvalidInputException(KIND + "a file of " + file.byteSize() + " bytes");
    }
    long length = file.get(LENGTH, 0);
    if (file.get(ValueLayout.JAVA_BYTE, LENGTH.byteSize()) != '{') {
      throw new InvalidInputException(KIND + "a file of another kind");
    }
    long most = ReadBudget.mostSmall(MAX_BYTES);
    if (length < 2 || length > most) {
      throw new InvalidInputException(
          "the header must have between 2 and %d bytes here, got %s"
              .formatted(most, Long.toUnsignedString(length)));
    }
    long start = LENGTH.byteSize() + length;
    if (start > file.byteSize()) {
      throw new InvalidInputException(
          "must have at least the %d bytes of its header, got %d: it is cut off"
              .formatted(start, file.byteSize()));
    }
    byte[] json = file.asSlice(LENGTH.byteSize(), length).toArray(ValueLayout.JAVA_BYTE);
    Map<String, Entry> entries = parse(tree(json), start);
    checkCovered(entries, start, file.byteSize());
    return entries;
  }

  private static JsonNode tree(byte[] json) {
    try {
      JsonNode root = MAPPER.readTree(json);
      if (root.isObject()) {
        return root;
      }
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "the header must be a JSON object: " + Names.shown(e.getOriginalMessage()), e);
    } catch (java.io.IOException e) {
      throw new InvalidInputException("the header cannot be read: " + e, e);
    }
    throw new InvalidInputException("the header must be a JSON object");
  }

  private static Map<String, Entry> parse(JsonNode root, long start) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (field.getKey().equals(METADATA)) {
        continue;
      }
      try {
        entries.put(field.getKey(), entry(field.getValue(), start));
      } catch (InvalidInputException e) {
        throw new InvalidInputException(
            "tensor " + Names.shown(field.getKey()) + ": " + e.getMessage(), e);
      }
    }
    return entries;
  }

  private static Entry entry(JsonNode node, long start) {
    StoredTensor tensor =
        new StoredTensor(type(node.path("dtype")), numbers("shape", node.path("shape")));
    List<Long> offsets = numbers("data_offsets", node.path("data_offsets"));
    if (offsets.size() != 2) {
      throw new InvalidInputException("data_offsets must be two numbers, got " + offsets.size());
    }
    long begin = offsets.getFirst();
    long end = offsets.getLast();
    long expected = tensor.elements() * tensor.type().bytes();
    if (begin < 0 || end < begin || end - begin != expected) {
      throw new InvalidInputException(
          "data_offsets must enclose the %d bytes of %s%s, got %s"
              .formatted(expected, tensor.type(), tensor.shape(), offsets));
    }
    try {
      return new Entry(tensor, Math.addExact(start, begin), Math.addExact(start, end));
    } catch (ArithmeticException e) {
      throw new InvalidInputException("data_offsets must fit into a file, got " + offsets, e);
    }
  }

  private static ElementType type(JsonNode node) {
    return Stream.of(ElementType.values())
        .filter(type -> type.name().equals(node.textValue()))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "dtype must be one of %s, got %s"
                        .formatted(
                            List.of(ElementType.values()), Names.shown(String.valueOf(node)))));
  }

  private static List<Long> numbers(String field, JsonNode node) {
    if (!node.isArray()) {
      throw new InvalidInputException(
          field + " must be an array, got " + Names.shown(String.valueOf(node)));
    }
    List<Long> numbers = new ArrayList<>();
    for (JsonNode element : node) {
      if (!element.isIntegralNumber() || !element.canConvertToLong()) {
        throw new InvalidInputException(
            field + " must hold whole numbers, got " + Names.shown(String.valueOf(element)));
      }
      numbers.add(element.longValue());
    }
    return numbers;
  }

  /** Each tensor begins where the one before ends, and the last ends with the file. */
  private static void checkCovered(Map<String, Entry> entries, long start, long size) {
    long at = start;
    List<Map.Entry<String, Entry>> sorted =
        entries.entrySet().stream()
            .sorted(
                Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
                    .thenComparingLong(e -> e.getValue().end()))
            .toList();
    for (Map.Entry<String, Entry> next : sorted) {
      if (next.getValue().begin() != at) {
        throw new InvalidInputException(
            "tensor %s must begin where the one before it ends, at byte %d, got %d"
                .formatted(Names.shown(next.getKey()), at, next.getValue().begin()));
      }
      at = next.getValue().end();
    }
    if (at != size) {
      throw new InvalidInputException(
          at > size
              ? "must have %d bytes, got %d: it is cut off".formatted(at, size)
              : "must have %d bytes, got %d: nobody owns the last ones".formatted(at, size));
    }
  }
}
