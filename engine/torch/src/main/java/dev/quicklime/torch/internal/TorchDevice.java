package dev.quicklime.torch.internal;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.kernel.machine.CpuFlags;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;

/**
 * A processor that libtorch has.
 *
 * @param cuda whether it is an NVIDIA GPU; otherwise the CPU
 * @param index which GPU
 */
public record TorchDevice(boolean cuda, int index) {

  /**
   * The one processor that is meant.
   *
   * @throws InvalidInputException if it is several
   * @throws QuicklimeException if it is not there
   */
  public static TorchDevice of(dev.quicklime.model.Device device) {
    device.checkSingle();
    return switch (device.kind()) {
      case AUTO -> best();
      case CPU -> cpu();
      case CUDA -> cuda(device.index());
    };
  }

  /** The CPU. */
  public static TorchDevice cpu() {
    return new TorchDevice(false, 0);
  }

  /** The first GPU where there is one, else the CPU. */
  public static TorchDevice best() {
    return TorchRuntime.cudaAvailable() ? new TorchDevice(true, 0) : cpu();
  }

  /**
   * A GPU.
   *
   * @throws QuicklimeException if libtorch cannot use it, with what to do about it
   */
  public static TorchDevice cuda(int index) {
    if (!TorchRuntime.cudaBuild()) {
      throw new QuicklimeException(
          "device cuda:%s needs the CUDA libtorch, this is the one for CPUs; build with -Pcuda"
              .formatted(index));
    }
    int devices = TorchRuntime.cudaAvailable() ? TorchRuntime.cudaDevices() : 0;
    if (index >= devices) {
      throw new QuicklimeException(
          ("device cuda:%s must be one of the %s that libtorch finds; check the driver with"
                  + " nvidia-smi, and that CUDA 13 and cuDNN 9 are on LD_LIBRARY_PATH")
              .formatted(index, devices));
    }
    return new TorchDevice(true, index);
  }

  /** Whether it computes in bfloat16 itself, rather than by way of single precision. */
  public boolean bfloat16() {
    return cuda
        ? TorchRuntime.cudaBfloat16(index)
        : CpuFlags.has("avx512_bf16") || CpuFlags.has("amx_bf16") || CpuFlags.has("bf16");
  }

  /** libtorch's own object for it, within the caller's {@link PointerScope}. */
  public Device open() {
    return cuda
        ? new Device(torch.DeviceType.CUDA, (byte) index)
        : new Device(torch.DeviceType.CPU);
  }

  @Override
  public String toString() {
    return cuda ? "cuda:" + index : "cpu";
  }
}
