package dev.quicklime.serve.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes what is answered, in UTF-8 without line breaks. */
public final class Answers {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Answers() {}

  /** Names and values: texts, numbers, booleans, lists and maps of those. */
  public static byte[] of(Map<String, ?> values) {
    try {
      return MAPPER.writeValueAsBytes(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is said of a problem. */
  public static byte[] error(String message) {
    return of(Map.of("error", message));
  }

  /**
   * Objects that are written already, in a list of a name.
   *
   * @param objects JSON in UTF-8
   */
  public static byte[] list(String name, List<byte[]> objects) {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(
            name.length() + 8 + objects.stream().mapToInt(one -> one.length + 1).sum());
    out.writeBytes(("{\"" + name + "\":[").getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < objects.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(objects.get(i));
    }
    out.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /** {@code {"predictions": [[…], …]}}. */
  public static byte[] predictions(List<List<Double>> predictions) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = MAPPER.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("predictions");
      for (List<Double> one : predictions) {
        json.writeStartArray();
        for (double value : one) {
          json.writeNumber(value);
        }
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
