package dev.quicklime.torch.internal;

import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.jvm.JvmOptions;
import dev.quicklime.internal.jvm.UnpackedCode;
import dev.quicklime.internal.opencv.OpenCvRuntime;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Questions to libtorch as a whole. All but {@link #version} load its native code. */
public final class TorchRuntime {
  private static volatile boolean loaded;
  private static final AtomicReference<LinkageError> FAILURE = new AtomicReference<>();

  static {
    JvmOptions.prepare();
  }

  private TorchRuntime() {}

  /** libtorch's own version, without that of the preset. */
  public static String version() {
    try {
      String preset = Loader.getVersion("org.bytedeco", "pytorch");
      int dash = preset.indexOf('-');
      return dash < 0 ? preset : preset.substring(0, dash);
    } catch (IOException | NullPointerException e) {
      // JavaCPP fails with a NullPointerException where a merged jar lost the preset's
      // pom.properties.
      return "unknown";
    }
  }

  /** Adds two tensors, to see that libtorch computes on this processor. */
  public static void check() {
    load();
    try (PointerScope _ = new PointerScope();
        Tensor ones = torch.ones(8);
        Tensor sum = ones.add(ones).sum()) {
      float got = sum.item_float();
      if (got != 16) {
        throw new QuicklimeException("libtorch added eight twos to " + got + " instead of 16");
      }
    }
  }

  /** Bytes of native objects that JavaCPP allocated and has not freed. */
  public static long nativeBytes() {
    return Pointer.totalBytes();
  }

  /** Threads of one forward. */
  public static int threads() {
    load();
    return torch.get_num_threads();
  }

  /** Sets how many threads one forward takes on the CPU. The setting is the whole process's. */
  public static void setThreads(int threads) {
    if (torch.get_num_threads() != threads) {
      torch.set_num_threads(threads);
    }
  }

  /** The instruction set that libtorch's kernels were chosen for. */
  public static String cpuCapability() {
    load();
    try (BytePointer name = torch.get_cpu_capability()) {
      return name.getString();
    }
  }

  /** Whether the libtorch on the class path was built for CUDA. */
  public static boolean cudaBuild() {
    load();
    return torch.hasCUDA()
        || Loader.class.getResource("/org/bytedeco/pytorch/" + Loader.getPlatform() + "-gpu")
            != null;
  }

  /** Whether libtorch finds a CUDA device that it can use. */
  public static boolean cudaAvailable() {
    load();
    return torch.cuda_is_available();
  }

  /** Whether a CUDA device computes in bfloat16 itself: compute capability 8.0 or later. */
  public static boolean cudaBfloat16(int index) {
    load();
    return torch.cuda_is_available()
        && index < torch.cuda_device_count()
        && CudaCapability.bfloat16(index);
  }

  /** How many CUDA devices libtorch finds. */
  public static int cudaDevices() {
    load();
    return torch.cuda_device_count();
  }

  /**
   * Loads libtorch's native code, the first time; whoever comes while that is under way waits.
   *
   * @throws QuicklimeException if that cannot be done, with what to do about it
   */
  public static void load() {
    if (!loaded) {
      loadOnce();
    }
  }

  private static synchronized void loadOnce() {
    if (loaded) {
      return;
    }
    LinkageError error = FAILURE.get();
    if (error == null) {
      try (UnpackedCode.Turn _ = UnpackedCode.turn()) {
        Loader.load(torch.class);
        JvmOptions.report();
        loaded = true;
        return;
      } catch (LinkageError e) {
        // Only the first attempt says why; later ones that the class could not be initialised.
        FAILURE.set(e);
        error = e;
      }
    }
    throw new QuicklimeException(
        String.format(
            Locale.ROOT,
            "libtorch %s cannot be loaded on %s: %s. For a CUDA build, install CUDA 13 and cuDNN"
                + " 9 and put them on LD_LIBRARY_PATH; else see that the cache %s can be written"
                + " and has 1 GB free",
            version(),
            Loader.getPlatform(),
            error.getMessage(),
            OpenCvRuntime.cacheFolder()),
        error);
  }
}
