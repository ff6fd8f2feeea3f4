package dev.quicklime.torch.internal;

/** Makes one line of libtorch's errors, which come with a trace of the interpreter or of C++. */
public final class TorchErrors {

  private static final int LONGEST = 300;

  private TorchErrors() {}

  static boolean outOfMemory(Throwable error) {
    return String.valueOf(error.getMessage()).contains("out of memory");
  }

  public static String oneLine(Throwable error) {
    String message = String.valueOf(error.getMessage());
    String chosen = "";
    for (String line : message.split("\\R", -1)) {
      String text = line.strip();
      if (text.matches("(RuntimeError|[A-Za-z.]*Error|Exception):.+")) {
        // The interpreter puts what went wrong last, after the trace of the script.
        chosen = text.replaceFirst("^[A-Za-z.]+: *", "");
      } else if (chosen.isEmpty() && !text.isEmpty()) {
        chosen = text;
      }
    }
    chosen = chosen.replaceFirst(" *\\(?Exception raised from .*", "");
    return chosen.length() > LONGEST ? chosen.substring(0, LONGEST) + "…" : chosen;
  }
}
