package dev.quicklime.files.batches;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.file.HiddenFolder;
import dev.quicklime.internal.file.ReadBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.Objects;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small file of measured batches. Nothing depends on it: what cannot be read is measured anew,
 * what cannot be written is not remembered.
 */
final class BatchCache {

  private static final Logger LOG = LoggerFactory.getLogger(BatchCache.class);
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int MOST_ENTRIES = 200;
  private static final int MOST_BATCH = 4096;
  private static final long MOST_BYTES = 1 << 20;

  private final Path file;

  BatchCache(Path folder) {
    this.file = folder.resolve("batches.json");
  }

  OptionalInt read(String key) {
    JsonNode batch = entries().path(key);
    boolean usable = batch.isInt() && batch.intValue() >= 1 && batch.intValue() <= MOST_BATCH;
    return usable ? OptionalInt.of(batch.intValue()) : OptionalInt.empty();
  }

  void write(String key, int batch) {
    ObjectNode entries = entries();
    entries.remove(key);
    entries.put(key, batch);
    Iterator<String> oldest = entries.fieldNames();
    while (entries.size() > MOST_ENTRIES) {
      oldest.next();
      oldest.remove();
    }
    try {
      Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
      Files.createDirectories(folder);
      try (HiddenFolder hidden = HiddenFolder.in(folder)) {
        Path part = hidden.path().resolve(file.getFileName());
        Files.writeString(
            part, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(entries));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be written: {}", file, e.toString());
    }
  }

  private ObjectNode entries() {
    try {
      if (Files.isRegularFile(file)
          && MAPPER.readTree(ReadBudget.small(file, MOST_BYTES)) instanceof ObjectNode read) {
        return read;
      }
    } catch (JacksonException e) {
      LOG.debug("{} is no JSON and begun anew", file);
    } catch (IOException | InvalidInputException e) {
      LOG.debug("{} cannot be read: {}", file, e.toString());
    }
    return MAPPER.createObjectNode();
  }
}
