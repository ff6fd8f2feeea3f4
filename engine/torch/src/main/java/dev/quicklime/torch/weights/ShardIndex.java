package dev.quicklime.torch.weights;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.file.ReadBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The index of weights in several files, as Hugging Face writes it: a JSON object whose {@code
 * weight_map} names the file of each tensor, beside the index.
 *
 * @param files names of files by names of tensors, in the index's order
 */
record ShardIndex(Map<String, String> files) {

  private static final String MAP = "weight_map";
  private static final List<String> ENDINGS = List.of(".safetensors.index.json", ".bin.index.json");
  private static final List<String> CUSTOMARY = List.of("model.safetensors", "pytorch_model.bin");

  /** An index of a hundred thousand tensors has a few megabytes. */
  private static final long MOST_BYTES = 64 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static ShardIndex read(Path file) throws IOException {
    JsonNode map;
    try {
      map = MAPPER.readTree(ReadBudget.small(file, MOST_BYTES)).path(MAP);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "the index must be a JSON object: " + Names.shown(e.getOriginalMessage()), e);
    }
    if (!map.isObject() || map.isEmpty()) {
      throw new InvalidInputException(
          "the index must name the file of each tensor in its %s, got none".formatted(MAP));
    }
    Map<String, String> files = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : map.properties()) {
      files.put(field.getKey(), beside(field.getKey(), field.getValue()));
    }
    return new ShardIndex(files);
  }

  /** An index must not reach for files elsewhere. */
  private static String beside(String tensor, JsonNode file) {
    String name = file.asText();
    if (!file.isTextual()
        || name.isBlank()
        || name.equals(".")
        || name.equals("..")
        || name.chars().anyMatch(c -> c == '/' || c == '\\' || c < ' ')) {
      throw new InvalidInputException(
          "the index must name a file beside it for tensor %s, got %s"
              .formatted(Names.shown(tensor), Names.shown(String.valueOf(file))));
    }
    return name;
  }

  /**
   * What of a folder is opened: its only index, else its only file of a customary name.
   *
   * @throws InvalidInputException if there is none, or more than one
   */
  static Path in(Path folder) throws IOException {
    List<Path> indexes;
    try (Stream<Path> all = Files.list(folder)) {
      indexes =
          all.filter(file -> ENDINGS.stream().anyMatch(file.getFileName().toString()::endsWith))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
    }
    List<Path> found =
        indexes.isEmpty()
            ? CUSTOMARY.stream().map(folder::resolve).filter(Files::isRegularFile).toList()
            : indexes;
    if (found.size() != 1) {
      throw new InvalidInputException(
          found.isEmpty()
              ? "weights %s must be a file, or a folder with an index (*%s), got a folder without"
                  .formatted(folder, String.join(", *", ENDINGS))
              : "weights %s must be a folder with one index or model, got %s; name the one that is meant"
                  .formatted(
                      folder,
                      String.join(
                          ", ",
                          found.stream()
                              .map(file -> Names.shown(file.getFileName().toString()))
                              .toList())));
    }
    return found.getFirst();
  }
}
