package dev.quicklime.torch.internal;

import dev.quicklime.internal.memory.Buffer;
import dev.quicklime.internal.memory.NativeBuffer;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * What one batch under way has for itself: the input's place on the device, the scores' place in
 * page-locked memory, and the events between. It is kept for the next batch of the same shape.
 */
final class DeviceLane implements AutoCloseable {

  private final TorchDevice device;
  private final DeviceEvent copied;
  private final DeviceEvent done;
  private @Nullable Tensor staged;
  private @Nullable Buffer result;

  DeviceLane(TorchDevice device) {
    this.device = device;
    this.copied = new DeviceEvent(device);
    this.done = new DeviceEvent(device);
  }

  /** Reached when the input is on the device. */
  DeviceEvent copied() {
    return copied;
  }

  /** Reached when the scores are back. */
  DeviceEvent done() {
    return done;
  }

  /**
   * Enqueues the copy of a batch in the current stream, which must always be the same one: memory
   * that a lane gives up is then never written to before its last reader is done.
   */
  Tensor stage(Tensor host) {
    Tensor target = staged;
    if (target == null || !alike(target, host)) {
      if (target != null) {
        target.releaseReference();
        staged = null;
      }
      TensorOptions options =
          new TensorOptions(host.scalar_type()).device(new DeviceOptional(device.open()));
      target = torch.empty_strided(host.sizes(), host.strides(), options);
      target.retainReference();
      staged = target;
    }
    target.copy_(host, true);
    return target;
  }

  private static boolean alike(Tensor a, Tensor b) {
    return a.scalar_type() == b.scalar_type()
        && Arrays.equals(a.sizes().vec().get(), b.sizes().vec().get())
        && Arrays.equals(a.strides().vec().get(), b.strides().vec().get());
  }

  /** Enqueues the copy of scores, single precision, in the current stream. */
  void receive(Tensor scores) {
    long bytes = Math.max(1, scores.numel()) * Float.BYTES;
    if (result == null || result.segment().byteSize() != bytes) {
      if (result != null) {
        result.close();
        result = null;
      }
      result = device.cuda() ? new PinnedBuffer(bytes) : new NativeBuffer(bytes);
    }
    torch
        .from_blob(
            new SegmentPointer(result.segment()),
            scores.sizes(),
            new TensorOptions(torch.ScalarType.Float))
        .copy_(scores, true);
  }

  /** Where the scores are once {@link #done} is reached. */
  MemorySegment scores() {
    if (result == null) {
      throw new IllegalStateException("no scores were received");
    }
    return result.segment();
  }

  @Override
  public void close() {
    copied.close();
    done.close();
    if (staged != null) {
      staged.releaseReference();
    }
    if (result != null) {
      result.close();
    }
  }
}
