package dev.quicklime.torch.internal;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceGuardImplInterface;
import org.bytedeco.pytorch.Stream;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A queue of work on a GPU, taken from libtorch's pool; the device goes through it in order, and
 * through several at once. The CPU has none: there, work is done when it is given.
 *
 * <p>It speaks to libtorch's own guard of the device, which is part of every build, and so needs
 * neither the CUDA half of the preset nor CUDA's runtime.
 */
final class DeviceStream implements AutoCloseable {

  private final TorchDevice device;
  private final @Nullable Stream stream;

  DeviceStream(TorchDevice device) {
    this.device = device;
    if (device.cuda()) {
      try (PointerScope _ = new PointerScope()) {
        Stream taken = guard().getStreamFromGlobalPool(device.open());
        taken.retainReference();
        stream = taken;
      }
    } else {
      stream = null;
    }
  }

  static DeviceGuardImplInterface guard() {
    return torch.getDeviceGuardImpl(torch.DeviceType.CUDA);
  }

  TorchDevice device() {
    return device;
  }

  /** libtorch's own object for it, or null on the CPU. */
  @Nullable Stream open() {
    return stream;
  }

  /** Does something with this stream and its device as the calling thread's current ones. */
  void run(Runnable work) {
    if (stream == null) {
      work.run();
      return;
    }
    try (PointerScope _ = new PointerScope()) {
      DeviceGuardImplInterface guard = guard();
      Device before = guard.exchangeDevice(device.open());
      try {
        Stream usual = guard.exchangeStream(stream);
        try {
          work.run();
        } finally {
          guard.exchangeStream(usual);
        }
      } finally {
        guard.exchangeDevice(before);
      }
    }
  }

  /** Waits until everything is done that it was given. */
  void synchronize() {
    if (stream != null) {
      stream.synchronize();
    }
  }

  @Override
  public void close() {
    if (stream != null) {
      stream.releaseReference();
    }
  }
}
