package dev.quicklime.bench.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * How the guard and its JVM talk: each message is one line, marked so that it is told from what JMH
 * and the benchmarks print.
 */
final class Wire {

  static final String PROGRESS = "@guard progress ";
  static final String FINDINGS = "@guard findings ";

  private static final JsonMapper MAPPER = new JsonMapper();

  private Wire() {}

  static String write(Object value) throws JsonProcessingException {
    return MAPPER.writeValueAsString(value);
  }

  static <T> T read(String line, Class<T> type) throws JsonProcessingException {
    return MAPPER.readValue(line, type);
  }
}
