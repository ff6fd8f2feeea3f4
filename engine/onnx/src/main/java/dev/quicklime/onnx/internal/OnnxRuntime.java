package dev.quicklime.onnx.internal;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import dev.quicklime.QuicklimeException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime as a whole. All methods load its native code. Its own log, which would repeat in
 * colours on the standard error what it throws, is off.
 */
public final class OnnxRuntime {

  private static final AtomicReference<LinkageError> FAILURE = new AtomicReference<>();

  private static @Nullable OrtEnvironment environment;

  private OnnxRuntime() {}

  /** Its version, for instance {@code 1.23.2}. */
  public static String version() {
    return environment().getVersion();
  }

  /** Whether it was built for NVIDIA GPUs. */
  public static boolean cuda() {
    environment();
    return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
  }

  /** Loads the native code; the property tells ONNX Runtime where it is, and goes again. */
  private static OrtEnvironment load() {
    Path folder = UnpackedLibraries.folder();
    if (folder != null) {
      System.setProperty(UnpackedLibraries.PATH, folder.toString());
    }
    try {
      return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "quicklime");
    } finally {
      if (folder != null) {
        System.clearProperty(UnpackedLibraries.PATH);
      }
    }
  }

  /**
   * The process's only environment, which lives as long as it.
   *
   * @throws QuicklimeException if the native code cannot be loaded
   */
  static synchronized OrtEnvironment environment() {
    LinkageError error = FAILURE.get();
    if (error == null) {
      try {
        OrtEnvironment known = environment;
        if (known == null) {
          known = load();
          known.setTelemetry(false);
          environment = known;
        }
        return known;
      } catch (LinkageError e) {
        // Only the first attempt says why; later ones that the class could not be initialised.
        FAILURE.set(e);
        error = e;
      } catch (OrtException e) {
        throw new OnnxException(e);
      }
    }
    throw new QuicklimeException(
        ("ONNX Runtime cannot be loaded: %s. See that its library fits this machine and that the"
                + " folder for temporary files, %s, can be written and has 100 MB free")
            .formatted(error.getMessage(), System.getProperty("java.io.tmpdir")),
        error);
  }
}
