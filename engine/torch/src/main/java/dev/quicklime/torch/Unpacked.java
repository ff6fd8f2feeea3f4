package dev.quicklime.torch;

import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.file.HiddenFolder;
import dev.quicklime.internal.opencv.OpenCvRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A package's files in a folder of their own. libtorch unpacks packages itself, but to /tmp only,
 * and leaves them there when it fails.
 */
record Unpacked(HiddenFolder hidden) implements AutoCloseable {

  private static final String PREFIX = "quicklime-aoti-";

  /** Where the files are. */
  Path folder() {
    return hidden.path();
  }

  /**
   * Unpacks a package to the JVM's folder for temporary files, or where that cannot be written to
   * the one that libtorch itself was unpacked to.
   */
  static Unpacked of(PackageFile file) {
    Unpacked unpacked = new Unpacked(folder(file.file()));
    try {
      file.unpack(unpacked.folder());
      return unpacked;
    } catch (IOException e) {
      unpacked.close();
      throw new QuicklimeException(
          "model %s must be unpacked, which failed in %s: %s"
              .formatted(file.file(), unpacked.folder(), e.getMessage()),
          e);
    } catch (RuntimeException e) {
      unpacked.close();
      throw e;
    }
  }

  private static HiddenFolder folder(Path file) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    IOException failure = null;
    for (Path parent : List.of(temporary, OpenCvRuntime.cacheFolder())) {
      try {
        return HiddenFolder.in(parent, PREFIX);
      } catch (IOException e) {
        failure = e;
      }
    }
    throw new QuicklimeException(
        "model %s must be unpacked, but %s cannot be written; name a folder with -Djava.io.tmpdir"
            .formatted(file, temporary),
        failure);
  }

  /** Deletes the folder; what is in use stays, where the system does not let go of it. */
  @Override
  public void close() {
    try {
      hidden.close();
    } catch (IOException e) {
      // A temporary folder that stays behind is no reason to fail.
    }
  }
}
