package dev.quicklime.torch;

import dev.quicklime.QuicklimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** What is read of a package of compiled code before libtorch is given it. */
public final class PackageReaders {

  /**
   * Without one of these a message names the version of libtorch, which would have to be loaded.
   */
  private static final Set<String> KEYS =
      Set.of("AOTI_DEVICE_KEY", "AOTI_PLATFORM", "AOTI_MACHINE", "AOTI_CPU_ISA");

  private PackageReaders() {}

  /** Its metadata, its source, what these say of inputs and outputs, and its files. */
  public static void read(Path file) throws IOException {
    Models.card(file);
    PackageFile found = PackageFile.read(file);
    found.metadata().values().forEach(PackageOutputs::names);
    try {
      PackageInput.of(found.wrapper(), found.metadata());
      if (found.metadata().keySet().containsAll(KEYS)) {
        PackageTarget.of(found);
      }
    } catch (QuicklimeException e) {
      // What it holds may be unpacked still.
    }
    Path folder = Files.createTempDirectory(file.toAbsolutePath().getParent(), "unpacked");
    try {
      found.unpack(folder);
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
