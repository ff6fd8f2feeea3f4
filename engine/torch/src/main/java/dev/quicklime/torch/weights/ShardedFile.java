package dev.quicklime.torch.weights;

import dev.quicklime.InvalidInputException;
import dev.quicklime.model.ModelFileKind;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Weights that an index finds in several files, of which every tensor is named once. */
final class ShardedFile implements WeightsFile {

  private final Path index;
  private final Map<String, WeightsFile> shards = new LinkedHashMap<>();
  private final Map<String, WeightsFile> owners = new LinkedHashMap<>();
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

  private ShardedFile(Path index) {
    this.index = index;
  }

  /** Opens an index and its files; an {@link InvalidInputException} says what is wrong. */
  static ShardedFile open(Path index) throws IOException {
    Map<String, String> files = ShardIndex.read(index).files();
    ShardedFile all = new ShardedFile(index);
    try {
      for (Map.Entry<String, String> entry : files.entrySet()) {
        all.add(entry.getKey(), entry.getValue());
      }
      all.checkComplete(files);
      return all;
    } catch (IOException | RuntimeException e) {
      all.close();
      throw e;
    }
  }

  private void add(String tensor, String name) throws IOException {
    WeightsFile shard = shards.get(name);
    if (shard == null) {
      shard = open(tensor, name);
      shards.put(name, shard);
    }
    StoredTensor stored = plain(shard).get(tensor);
    if (stored == null) {
      throw new InvalidInputException(
          "the index must name the file that a tensor is in, got %s for %s, which it lacks"
              .formatted(Names.shown(name), Names.shown(tensor)));
    }
    owners.put(tensor, shard);
    tensors.put(tensor, stored);
  }

  private WeightsFile open(String tensor, String name) throws IOException {
    Path file = index.resolveSibling(name);
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "all files that the index names must be beside it, got none called %s, which has %s"
              .formatted(Names.shown(name), Names.shown(tensor)));
    }
    return switch (ModelFileKind.of(file)) {
      case SAFETENSORS -> SafetensorsFile.open(file);
      case STATE_DICT -> TorchFile.open(file);
      default ->
          throw new InvalidInputException(
              "%s must be safetensors or a state dict of torch.save, as the index says, got %s"
                  .formatted(Names.shown(name), ModelFileKind.of(file).words()));
    };
  }

  private static Map<String, StoredTensor> plain(WeightsFile shard) {
    return shard.entries().getOrDefault("", Map.of());
  }

  /** What is in a file that the index does not name there would be lost in silence. */
  private void checkComplete(Map<String, String> files) {
    shards.forEach(
        (name, shard) -> {
          for (String tensor : plain(shard).keySet()) {
            String named = files.get(tensor);
            if (named == null) {
              throw new InvalidInputException(
                  "the index must name all tensors of its files, got %s in %s besides"
                      .formatted(Names.shown(tensor), Names.shown(name)));
            }
            if (!named.equals(name)) {
              throw new InvalidInputException(
                  "%s must be there once, got it in %s and in %s"
                      .formatted(Names.shown(tensor), Names.shown(named), Names.shown(name)));
            }
          }
        });
  }

  @Override
  public SequencedMap<String, Map<String, StoredTensor>> entries() {
    SequencedMap<String, Map<String, StoredTensor>> entries = new LinkedHashMap<>();
    entries.put("", Collections.unmodifiableMap(tensors));
    return entries;
  }

  @Override
  public void read(String entry, String name, ElementType as, MemorySegment to) {
    WeightsFile owner = entry.isEmpty() ? owners.get(name) : null;
    if (owner == null) {
      throw new InvalidInputException("there is no tensor " + name + " in " + index);
    }
    owner.read("", name, as, to);
  }

  @Override
  public void close() {
    shards.values().forEach(WeightsFile::close);
  }
}
