package dev.quicklime.cli.run;

import dev.quicklime.Environment;
import dev.quicklime.Versions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.IVersionProvider;

/**
 * The version as commands print it, and below it those of what it was built with. They are read
 * from the builds' own records: nothing native is loaded, so the answer comes at once and is there
 * too where native code is not.
 */
public final class CommandVersion implements IVersionProvider {

  /** The only record of its version in ONNX Runtime's jar. */
  private static final String ONNX =
      "/META-INF/maven/com.microsoft.onnxruntime/onnxruntime/pom.xml";

  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

  @Override
  public String[] getVersion() {
    return new String[] {
      "quicklime " + Environment.version(),
      "JDK " + Environment.jdk(),
      "libtorch " + preset("pytorch"),
      "OpenCV " + preset("opencv"),
      "ONNX Runtime " + onnx()
    };
  }

  /** A preset's version is the library's, a hyphen, and that of the preset. */
  private static String preset(String name) {
    String version = Versions.all().getOrDefault(name, "unknown");
    int end = version.lastIndexOf('-');
    return end > 0 ? version.substring(0, end) : version;
  }

  private static String onnx() {
    try (InputStream in = CommandVersion.class.getResourceAsStream(ONNX)) {
      if (in == null) {
        return "unknown";
      }
      Matcher version = VERSION.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return version.find() ? version.group(1) : "unknown";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
