package dev.quicklime.torch.weights;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.memory.NativeBuffer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The state dicts in an archive that torch.save wrote. */
final class TorchFile implements WeightsFile {

  private final Path file;
  private final TorchArchive archive;
  private final SequencedMap<String, Map<String, Pickled.Tensor>> entries;
  private final SequencedMap<String, Map<String, StoredTensor>> tensors = new LinkedHashMap<>();

  /** Kept, because some files have all tensors in one storage. */
  private @Nullable NativeBuffer block;

  private String blockKey = "";

  private TorchFile(
      Path file, TorchArchive archive, SequencedMap<String, Map<String, Pickled.Tensor>> entries) {
    this.file = file;
    this.archive = archive;
    this.entries = entries;
    entries.forEach(
        (path, entry) -> {
          Map<String, StoredTensor> described = new LinkedHashMap<>();
          entry.forEach((name, tensor) -> described.put(name, tensor.view().tensor()));
          tensors.put(path, Collections.unmodifiableMap(described));
        });
  }

  /** Opens an archive; an {@link InvalidInputException} says what is wrong with it. */
  static TorchFile open(Path file) throws IOException {
    TorchArchive archive = TorchArchive.open(file);
    try {
      SequencedMap<String, Map<String, Pickled.Tensor>> entries =
          StateDicts.in(Unpickler.load(archive.pickle(), archive.budget()), archive.budget());
      if (entries.isEmpty()) {
        throw new InvalidInputException(
            "must hold a state dict, itself or within dicts and lists, got no tensor with a name");
      }
      for (Map<String, Pickled.Tensor> entry : entries.values()) {
        entry.values().forEach(archive::check);
      }
      return new TorchFile(file, archive, entries);
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  @Override
  public SequencedMap<String, Map<String, StoredTensor>> entries() {
    return Collections.unmodifiableSequencedMap(tensors);
  }

  @Override
  public void read(String entry, String name, ElementType as, MemorySegment to) {
    Pickled.Tensor tensor = entries.getOrDefault(entry, Map.of()).get(name);
    if (tensor == null) {
      throw new InvalidInputException("there is no tensor " + name + " in " + file);
    }
    try {
      tensor.view().copy(block(tensor.storage()), as, to);
    } catch (IOException e) {
      throw new QuicklimeException(
          "weights %s: tensor %s cannot be read: %s"
              .formatted(file, Names.shown(name), Names.shown(e.toString())),
          e);
    }
  }

  private MemorySegment block(Pickled.Storage storage) throws IOException {
    NativeBuffer kept = block;
    if (kept == null || !blockKey.equals(storage.key())) {
      free();
      kept = new NativeBuffer(Math.max(1, storage.elements() * storage.type().bytes()));
      try {
        archive.read(storage, kept.segment());
      } catch (IOException | RuntimeException e) {
        kept.close();
        throw e;
      }
      block = kept;
      blockKey = storage.key();
    }
    return kept.segment();
  }

  private void free() {
    if (block != null) {
      block.close();
      block = null;
    }
  }

  @Override
  public void close() {
    free();
    archive.close();
  }
}
