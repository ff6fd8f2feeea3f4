package dev.quicklime.torch.internal;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Stream;
import org.bytedeco.pytorch.global.torch;

/** A mark in a stream, which others can wait for. On the CPU it is always reached. */
final class DeviceEvent implements AutoCloseable {

  private final TorchDevice device;
  private final PointerPointer<Pointer> handle;

  DeviceEvent(TorchDevice device) {
    this.device = device;
    try (PointerScope _ = new PointerScope()) {
      handle = new PointerPointer<>(1);
      handle.retainReference();
      // The device makes the event when it is first recorded.
      handle.put(0, (Pointer) null);
    }
  }

  /** Sets the mark behind everything that the stream was given so far. */
  void record(DeviceStream in) {
    Stream stream = in.open();
    if (stream != null) {
      DeviceStream.guard()
          .record(handle, stream, (byte) device.index(), torch.EventFlag.PYTORCH_DEFAULT);
    }
  }

  /** Makes a stream wait for the mark before it does what it is given next. */
  void holdUp(DeviceStream other) {
    Stream stream = other.open();
    if (stream != null) {
      try (PointerScope _ = new PointerScope()) {
        DeviceStream.guard().block(handle.get(0), stream);
      }
    }
  }

  /** Waits for the mark; returns at once where none was set. */
  void await() {
    if (device.cuda()) {
      try (PointerScope _ = new PointerScope()) {
        DeviceStream.guard().synchronizeEvent(handle.get(0));
      }
    }
  }

  @Override
  public void close() {
    if (device.cuda()) {
      try (PointerScope _ = new PointerScope()) {
        DeviceStream.guard().destroyEvent(handle.get(0), (byte) device.index());
      }
    }
    handle.releaseReference();
  }
}
