package dev.quicklime.torch.weights;

import static java.util.Objects.requireNonNull;

import dev.quicklime.internal.memory.NativeBuffer;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/** Reads tensors to the heap. */
final class Values {

  private Values() {}

  /** The tensors that are not nested. */
  static Map<String, StoredTensor> tensors(WeightsFile file) {
    return requireNonNull(file.entries().get(""));
  }

  static float[] floats(WeightsFile file, String name) {
    return floats(file, "", name);
  }

  static float[] floats(WeightsFile file, String entry, String name) {
    long elements = requireNonNull(requireNonNull(file.entries().get(entry)).get(name)).elements();
    try (NativeBuffer buffer = new NativeBuffer(Math.max(1, elements * Float.BYTES))) {
      var to = buffer.segment().asSlice(0, elements * Float.BYTES);
      file.read(entry, name, ElementType.F32, to);
      return to.toArray(ValueLayout.JAVA_FLOAT);
    }
  }

  static long whole(WeightsFile file, String name) {
    try (NativeBuffer buffer = new NativeBuffer(Long.BYTES)) {
      file.read("", name, ElementType.I64, buffer.segment());
      return buffer.segment().get(ValueLayout.JAVA_LONG, 0);
    }
  }
}
