package dev.quicklime.torch.weights;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.memory.NativeBuffer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A state dict in the archive that torch.save writes. A checkpoint that keeps its state dict beside
 * other things, under one of the customary names, counts as that state dict.
 */
final class TorchFile implements WeightsFile {

  private static final List<String> CUSTOMARY = List.of("state_dict", "model_state_dict", "model");

  private final Path file;
  private final TorchArchive archive;
  private final Map<String, Pickled.Tensor> entries;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

  /** Kept, because some files have all tensors in one storage. */
  private @Nullable NativeBuffer block;

  private String blockKey = "";

  private TorchFile(Path file, TorchArchive archive, Map<String, Pickled.Tensor> entries) {
    this.file = file;
    this.archive = archive;
    this.entries = entries;
    entries.forEach((name, entry) -> tensors.put(name, entry.view().tensor()));
  }

  /** Opens an archive; an {@link InvalidInputException} says what is wrong with it. */
  static TorchFile open(Path file) throws IOException {
    TorchArchive archive = TorchArchive.open(file);
    try {
      Map<String, Pickled.Tensor> entries = stateDict(Unpickler.load(archive.pickle()));
      for (Pickled.Tensor entry : entries.values()) {
        archive.check(entry.storage());
      }
      return new TorchFile(file, archive, entries);
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  private static Map<String, Pickled.Tensor> stateDict(Pickled root) {
    if (root instanceof Pickled.Dict dict) {
      Map<String, Pickled.Tensor> own = tensors(dict);
      if (!own.isEmpty()) {
        return own;
      }
      for (String name : CUSTOMARY) {
        if (dict.items().get(name) instanceof Pickled.Dict inner && !tensors(inner).isEmpty()) {
          return tensors(inner);
        }
      }
    }
    throw new InvalidInputException(
        "must hold a state dict, itself or under one of the names %s".formatted(CUSTOMARY));
  }

  private static Map<String, Pickled.Tensor> tensors(Pickled.Dict dict) {
    Map<String, Pickled.Tensor> tensors = new LinkedHashMap<>();
    dict.items()
        .forEach(
            (name, value) -> {
              if (value instanceof Pickled.Tensor tensor) {
                tensors.put(name, tensor);
              }
            });
    return tensors;
  }

  @Override
  public Map<String, StoredTensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public void read(String name, ElementType as, MemorySegment to) {
    Pickled.Tensor tensor = entries.get(name);
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
