package dev.quicklime.serve.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.serve.model.AskedPicture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tensor of pictures as it is read: its fields may come in any order. */
final class TensorInput {

  private static final int DIMENSIONS = 4;
  private static final int CHUNK = 1 << 16;

  private final String field;
  private final PixelLevels levels;
  private int @Nullable [] shape;
  private String type = "";
  private long binarySize = -1;
  private boolean hasData;

  private TensorInput(String field) {
    this.field = field;
    this.levels = new PixelLevels(field + ".data");
  }

  static TensorInput read(JsonParser parser, String field, boolean binary) throws IOException {
    JsonReading.need(parser, JsonToken.START_OBJECT, field, "a tensor");
    TensorInput tensor = new TensorInput(field);
    for (String name = JsonReading.nextField(parser);
        name != null;
        name = JsonReading.nextField(parser)) {
      tensor.field(parser, name);
    }
    tensor.check(binary);
    return tensor;
  }

  private void field(JsonParser parser, String name) throws IOException {
    switch (name) {
      case "name" -> parser.skipChildren();
      case "datatype" -> type = String.valueOf(parser.getValueAsString());
      case "shape" -> shape = shape(parser);
      case "data" -> {
        JsonReading.need(parser, JsonToken.START_ARRAY, field + ".data", "a list of numbers");
        hasData = true;
        data(parser);
      }
      case "parameters" -> {
        ObjectNode own = JsonReading.object(parser, field + ".parameters");
        JsonNode size = own.path("binary_data_size");
        if (size.isIntegralNumber()) {
          binarySize = size.asLong();
        }
      }
      default ->
          throw new InvalidInputException(
              field + " must have name, shape, datatype and data, got " + name);
    }
  }

  private int[] shape(JsonParser parser) throws IOException {
    JsonReading.need(parser, JsonToken.START_ARRAY, field + ".shape", "a list of 4 sizes");
    List<Integer> sizes = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      double size = JsonReading.number(parser, field + ".shape");
      if (!(size >= 1 && size <= Integer.MAX_VALUE && size == Math.rint(size))) {
        throw new InvalidInputException(
            field + ".shape must have whole numbers of at least 1, got " + size);
      }
      sizes.add((int) size);
    }
    if (sizes.size() != DIMENSIONS) {
      throw new InvalidInputException(
          "%s.shape must be [n, H, W, C] or [n, C, H, W], got %s".formatted(field, sizes));
    }
    return sizes.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Flat or nested: only the order counts. */
  private void data(JsonParser parser) throws IOException {
    int depth = 1;
    while (depth > 0) {
      switch (parser.nextToken()) {
        case START_ARRAY -> depth++;
        case END_ARRAY -> depth--;
        default -> levels.add(JsonReading.number(parser, field + ".data"));
      }
    }
  }

  private void check(boolean binary) {
    if (shape == null) {
      throw new InvalidInputException(
          field + ".shape must be [n, H, W, C] or [n, C, H, W], got none");
    }
    if (!type.equals("UINT8") && !type.equals("FP32")) {
      throw new InvalidInputException(
          "%s.datatype must be UINT8 or FP32, got %s"
              .formatted(field, type.isEmpty() ? "none" : type));
    }
    long values = values();
    if (binary && binarySize >= 0) {
      long bytes = values * (type.equals("FP32") ? Float.BYTES : 1);
      if (hasData) {
        throw new InvalidInputException(field + " must have data or a binary_data_size, got both");
      }
      if (bytes != binarySize) {
        throw new InvalidInputException(
            "%s.parameters.binary_data_size must be %s for its shape, got %s"
                .formatted(field, bytes, binarySize));
      }
    } else if (!hasData) {
      throw new InvalidInputException(
          field
              + ".data must be a list of numbers, got none"
              + (binarySize >= 0 ? "; bytes need the header Inference-Header-Content-Length" : ""));
    } else if (levels.size() != values) {
      throw new InvalidInputException(
          "%s.data must have %s numbers for its shape, got %s"
              .formatted(field, values, levels.size()));
    }
  }

  private long values() {
    long values = 1;
    for (int size : shape == null ? new int[0] : shape) {
      // Four ints do not fit a long, but more than an array holds is refused anyway.
      values = Math.min(Integer.MAX_VALUE, values) * size;
    }
    if (values > Integer.MAX_VALUE - 8) {
      throw new InvalidInputException(
          "%s.shape must be of fewer numbers, got %s".formatted(field, Arrays.toString(shape)));
    }
    return values;
  }

  /** Reads the numbers that come behind the JSON, if they do. */
  void readBytes(InputStream behind) throws IOException {
    if (binarySize < 0) {
      return;
    }
    long left = binarySize;
    while (left > 0) {
      byte[] some = behind.readNBytes((int) Math.min(CHUNK, left));
      if (some.length == 0) {
        throw new InvalidInputException(
            "%s must be followed by %s bytes, got %s"
                .formatted(field, binarySize, binarySize - left));
      }
      left -= some.length;
      if (type.equals("UINT8")) {
        for (byte level : some) {
          levels.add(level & 0xff);
        }
      } else {
        // A chunk is a multiple of 4, and only the last one is shorter, if bytes are missing.
        ByteBuffer floats = ByteBuffer.wrap(some).order(ByteOrder.LITTLE_ENDIAN);
        while (floats.remaining() >= Float.BYTES) {
          levels.add(floats.getFloat());
        }
      }
    }
  }

  /** The pictures, by the place of the model's channels. */
  List<AskedPicture> pictures(int channels, int most) {
    int[] sizes = shape == null ? new int[DIMENSIONS] : shape;
    boolean last = sizes[3] == channels;
    if (!last && sizes[1] != channels) {
      throw new InvalidInputException(
          "%s.shape must have the model's %s channels as its last or second size, got %s"
              .formatted(field, channels, Arrays.toString(sizes)));
    }
    if (sizes[0] > most) {
      throw new InvalidInputException(
          "%s.shape must be of at most %s pictures, got %s".formatted(field, most, sizes[0]));
    }
    int height = last ? sizes[1] : sizes[2];
    int width = last ? sizes[2] : sizes[3];
    List<AskedPicture> pictures = new ArrayList<>();
    for (int i = 0; i < sizes[0]; i++) {
      String name = "%s[%s]".formatted(field, i);
      pictures.add(
          AskedPicture.ofPixels(
              name,
              levels.image(name, i * height * width * channels, width, height, channels, !last)));
    }
    return pictures;
  }
}
