package dev.quicklime.torch.weights;

import static java.util.Objects.requireNonNull;

import dev.quicklime.internal.memory.NativeBuffer;
import java.lang.foreign.ValueLayout;

/** Reads tensors to the heap. */
final class Values {

  private Values() {}

  static float[] floats(WeightsFile file, String name) {
    long elements = requireNonNull(file.tensors().get(name)).elements();
    try (NativeBuffer buffer = new NativeBuffer(Math.max(1, elements * Float.BYTES))) {
      var to = buffer.segment().asSlice(0, elements * Float.BYTES);
      file.read(name, ElementType.F32, to);
      return to.toArray(ValueLayout.JAVA_FLOAT);
    }
  }

  static long whole(WeightsFile file, String name) {
    try (NativeBuffer buffer = new NativeBuffer(Long.BYTES)) {
      file.read(name, ElementType.I64, buffer.segment());
      return buffer.segment().get(ValueLayout.JAVA_LONG, 0);
    }
  }
}
