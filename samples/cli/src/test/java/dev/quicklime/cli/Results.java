package dev.quicklime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.files.JsonSchema;
import java.io.IOException;
import java.nio.file.Path;

/** Reads what commands have written. */
public final class Results {
  private Results() {}

  /** A result in JSON, which begins with the number of its form. */
  public static JsonNode read(Path file) throws IOException {
    JsonNode result = new JsonMapper().readTree(file.toFile());
    assertEquals("schema", result.fieldNames().next(), file.toString());
    assertEquals(JsonSchema.VERSION, result.get("schema").intValue(), file.toString());
    return result;
  }
}
