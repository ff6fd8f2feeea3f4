package dev.quicklime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Versions of Quicklime and of the presets it was built with. They are read from the build's own
 * record, as asking a native library would load it.
 */
public final class Versions {

  private static final Map<String, String> ALL = read();

  private Versions() {}

  /** The version of Quicklime as its build states it, or {@code unknown}. */
  public static String quicklime() {
    return ALL.getOrDefault("quicklime", "unknown");
  }

  /** All versions by name: quicklime, opencv, pytorch, jdk. */
  public static Map<String, String> all() {
    return ALL;
  }

  private static Map<String, String> read() {
    Properties properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> versions = new TreeMap<>();
    properties.forEach((name, version) -> versions.put((String) name, (String) version));
    versions.put("jdk", Runtime.version().toString());
    return Map.copyOf(versions);
  }
}
