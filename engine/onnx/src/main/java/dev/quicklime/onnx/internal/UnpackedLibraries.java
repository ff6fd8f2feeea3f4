package dev.quicklime.onnx.internal;

import ai.onnxruntime.OrtEnvironment;
import dev.quicklime.internal.jvm.JvmOptions;
import dev.quicklime.internal.jvm.UnpackedCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime's native libraries in JavaCPP's cache, beside OpenCV's. By itself ONNX Runtime
 * unpacks them into a new temporary folder at every start, 22 MB, which takes a processor for a
 * tenth of a second.
 */
final class UnpackedLibraries {

  /** Where ONNX Runtime looks for its libraries, if it is set. */
  static final String PATH = "onnxruntime.native.path";

  /** What begins as this and is set was set by somebody who knows better. */
  private static final String OWN = "onnxruntime.native.";

  private static final String RESOURCES = "/ai/onnxruntime/native/";

  private UnpackedLibraries() {}

  /**
   * The folder that holds them; they are unpacked if they are not there yet. Null where ONNX
   * Runtime is to do it by itself: it was told where they are, they come with more libraries, which
   * it would look for elsewhere, are not in a jar, or cannot be unpacked or read here.
   */
  static @Nullable Path folder() {
    boolean told =
        System.getProperties().stringPropertyNames().stream().anyMatch(key -> key.startsWith(OWN));
    String platform = platform();
    if (told || platform == null) {
      return null;
    }
    String base = RESOURCES + platform + "/";
    if (resource(base, "onnxruntime_providers_shared") != null) {
      return null;
    }
    JvmOptions.prepare();
    try (UnpackedCode.Turn _ = UnpackedCode.turn()) {
      Path jni = unpacked(resource(base, "onnxruntime4j_jni"));
      Path library = unpacked(resource(base, "onnxruntime"));
      Path folder = jni == null ? null : jni.getParent();
      return folder != null && library != null && folder.equals(library.getParent())
          ? folder
          : null;
    } catch (IOException | RuntimeException e) {
      // Whatever it is, ONNX Runtime's own way may still work, and says what is wrong otherwise.
      return null;
    }
  }

  /** The name of this platform's folder within the jar, or null where there may be none. */
  private static @Nullable String platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "");
    String processor =
        switch (machine) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64" -> "aarch64";
          default -> null;
        };
    if (processor == null) {
      return null;
    }
    if (system.startsWith("linux")) {
      return "linux-" + processor;
    }
    return system.startsWith("mac") ? "osx-" + processor : null;
  }

  private static @Nullable URL resource(String base, String library) {
    return OrtEnvironment.class.getResource(base + System.mapLibraryName(library));
  }

  /**
   * The unpacked file, or null where the resource is in no jar. One that is damaged is unpacked
   * again, as code from it would end the JVM: JavaCPP compares its time and size only.
   */
  static @Nullable Path unpacked(@Nullable URL resource) throws IOException {
    if (resource == null || !(resource.openConnection() instanceof JarURLConnection jar)) {
      return null;
    }
    long expected = jar.getJarEntry().getCrc();
    for (int attempt = 0; attempt < 2; attempt++) {
      Path file = Loader.cacheResource(resource).toPath();
      if (checksum(file) == expected) {
        return file;
      }
      Files.delete(file);
    }
    throw new IOException(resource + " cannot be unpacked");
  }

  private static long checksum(Path file) throws IOException {
    CRC32 checksum = new CRC32();
    byte[] part = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(part); read >= 0; read = in.read(part)) {
        checksum.update(part, 0, read);
      }
    }
    return checksum.getValue();
  }
}
