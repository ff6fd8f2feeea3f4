package dev.quicklime.torch.internal;

import dev.quicklime.internal.memory.Buffer;
import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Page-locked memory, from which a GPU copies while the CPU goes on. */
public final class PinnedBuffer implements Buffer {

  private final Tensor tensor;
  private final MemorySegment segment;
  private boolean closed;

  /**
   * Allocates memory of undefined content.
   *
   * @param bytes size, ≥ 1
   */
  public PinnedBuffer(long bytes) {
    try (PointerScope _ = new PointerScope()) {
      TensorOptions options =
          new TensorOptions()
              .dtype(new ScalarTypeOptional(torch.ScalarType.Byte))
              .pinned_memory(new BoolOptional(true));
      tensor = torch.empty(new long[] {bytes}, options, new MemoryFormatOptional());
      tensor.retainReference();
      segment = MemorySegment.ofAddress(tensor.data_ptr().address()).reinterpret(bytes);
    }
  }

  @Override
  public synchronized MemorySegment segment() {
    if (closed) {
      throw new IllegalStateException("this pinned buffer is closed");
    }
    return segment;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      tensor.releaseReference();
    }
  }
}
