package dev.quicklime.onnx.internal;

import java.util.Locale;

/** What ONNX Runtime complained of, in one line. */
public final class OnnxException extends RuntimeException {

  private static final long serialVersionUID = 1;

  OnnxException(Throwable cause) {
    super(line(String.valueOf(cause.getMessage())), cause);
  }

  /** Without the code and the places in its sources that it begins with, and without line ends. */
  private static String line(String message) {
    String line = message.replaceAll("\\s+", " ").strip();
    line = line.replaceFirst("^Error code - [A-Z_]+ - message: ", "");
    return line.toLowerCase(Locale.ROOT).isBlank() ? "it gave no reason" : line;
  }
}
