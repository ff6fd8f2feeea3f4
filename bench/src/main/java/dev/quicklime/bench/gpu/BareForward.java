package dev.quicklime.bench.gpu;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AOTIModelPackageLoader;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The yardstick: forward passes one after the other on random data that is on the device already,
 * with the clock stopped when the device has done the last one.
 *
 * @param cuda which GPU, or a negative number for the CPU
 */
record BareForward(int cuda) {

  private static final int WARM_UPS = 10;

  /** Images a second of a model file, in bfloat16 with the channels last. */
  double speed(Path model, int batch, int size, double seconds) {
    try (PointerScope _ = new PointerScope();
        InferenceMode _ = new InferenceMode(true)) {
      UnaryOperator<Tensor> forward =
          model.toString().endsWith(".pt2") ? compiled(model) : script(model);
      Tensor input =
          torch
              .randn(new long[] {batch, 3, size, size}, options())
              .contiguous(torch.MemoryFormat.ChannelsLast);
      for (int i = 0; i < WARM_UPS; i++) {
        run(forward, input);
      }
      synchronize();
      int passes = 0;
      long start = System.nanoTime();
      do {
        run(forward, input);
        passes++;
        if (passes % WARM_UPS == 0) {
          synchronize();
        }
      } while (System.nanoTime() - start < seconds * 1e9);
      synchronize();
      return passes * (double) batch * 1e9 / (System.nanoTime() - start);
    }
  }

  private static void run(UnaryOperator<Tensor> forward, Tensor input) {
    try (PointerScope _ = new PointerScope()) {
      var _ = forward.apply(input);
    }
  }

  private UnaryOperator<Tensor> script(Path model) {
    JitModule read = torch.load(model.toString(), new DeviceOptional(device()), false);
    read.eval();
    read.to(torch.ScalarType.BFloat16);
    JitModule module = torch.freeze(read);
    return input -> module.forward(new IValueVector(new IValue(input))).toTensor();
  }

  private UnaryOperator<Tensor> compiled(Path model) {
    AOTIModelPackageLoader loader =
        new AOTIModelPackageLoader(
            model.toAbsolutePath().toString(), "model", false, 1, (byte) Math.max(-1, cuda));
    return input -> loader.run(new TensorVector(input)).get(0);
  }

  /** GB/s from page-locked memory to the device, or from memory to memory on the CPU. */
  double bandwidth(double seconds) {
    long bytes = 256L << 20;
    try (PointerScope _ = new PointerScope();
        InferenceMode _ = new InferenceMode(true)) {
      TensorOptions plain = new TensorOptions(torch.ScalarType.Byte);
      Tensor made = torch.ones(new long[] {bytes}, plain);
      Tensor host = cuda >= 0 ? made.pin_memory() : made;
      Tensor device =
          torch.empty(
              new long[] {bytes},
              plain.device(new DeviceOptional(device())),
              new MemoryFormatOptional());
      device.copy_(host, true);
      synchronize();
      int copies = 0;
      long start = System.nanoTime();
      do {
        device.copy_(host, true);
        synchronize();
        copies++;
      } while (System.nanoTime() - start < seconds * 1e9);
      return copies * (double) bytes / (System.nanoTime() - start);
    }
  }

  private TensorOptions options() {
    return new TensorOptions(torch.ScalarType.BFloat16).device(new DeviceOptional(device()));
  }

  private Device device() {
    return cuda >= 0
        ? new Device(torch.DeviceType.CUDA, (byte) cuda)
        : new Device(torch.DeviceType.CPU);
  }

  private void synchronize() {
    if (cuda >= 0) {
      torch.cuda_synchronize(cuda);
    }
  }
}
