package dev.quicklime.torch.weights;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.memory.MappedFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** A mapped safetensors file. */
final class SafetensorsFile implements WeightsFile {

  private final Path file;
  private final MappedFile mapped;
  private final Map<String, SafetensorsHeader.Entry> entries;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

  private SafetensorsFile(
      Path file, MappedFile mapped, Map<String, SafetensorsHeader.Entry> entries) {
    this.file = file;
    this.mapped = mapped;
    this.entries = entries;
    entries.forEach((name, entry) -> tensors.put(name, entry.tensor()));
  }

  /** Maps a file; an {@link InvalidInputException} says what is wrong with it. */
  static SafetensorsFile open(Path file) throws IOException {
    MappedFile mapped = new MappedFile(file);
    try {
      return new SafetensorsFile(file, mapped, SafetensorsHeader.read(mapped.segment()));
    } catch (RuntimeException e) {
      mapped.close();
      throw e;
    }
  }

  @Override
  public SequencedMap<String, Map<String, StoredTensor>> entries() {
    SequencedMap<String, Map<String, StoredTensor>> all = new LinkedHashMap<>();
    all.put("", Collections.unmodifiableMap(tensors));
    return all;
  }

  @Override
  public void read(String within, String name, ElementType as, MemorySegment to) {
    SafetensorsHeader.Entry entry = within.isEmpty() ? entries.get(name) : null;
    if (entry == null) {
      throw new InvalidInputException("there is no tensor " + name + " in " + file);
    }
    try {
      MemorySegment block =
          mapped.segment().asSlice(entry.begin(), entry.tensor().elements() * entry.bytes());
      View.whole(entry.tensor()).copy(block, as, to);
    } catch (InternalError e) {
      throw new QuicklimeException(
          "weights " + file + " must not change while they are read, got shorter", e);
    }
  }

  @Override
  public void close() {
    mapped.close();
  }
}
