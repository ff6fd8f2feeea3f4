package dev.quicklime.report.text;

import java.util.Locale;
import java.util.Objects;

/**
 * Shows characters that would not be seen but act: control characters, which move a terminal's
 * cursor or give it orders, and marks of writing direction, which put letters elsewhere than they
 * stand. They are written as Java and JSON write them, {@code \u001b} or {@code \n}. Names of files
 * and labels of models may hold any of them.
 */
public final class Visible {

  private Visible() {}

  /** A name or a message as one line: line breaks and tabs are shown too. */
  public static String line(String text) {
    Objects.requireNonNull(text, "text");
    return shown(text, false);
  }

  /** Text of several lines, whose breaks and tabs are its own. */
  public static String text(String text) {
    Objects.requireNonNull(text, "text");
    return shown(text, true);
  }

  private static String shown(String text, boolean lines) {
    StringBuilder shown = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean kept = !acts(c) || lines && isBreak(text, i);
      if (!kept && shown == null) {
        shown = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (shown != null) {
        if (kept) {
          shown.append(c);
        } else {
          shown.append(escaped(c));
        }
      }
    }
    return shown == null ? text : shown.toString();
  }

  private static boolean isBreak(String text, int at) {
    char c = text.charAt(at);
    // Alone, a carriage return would have what follows written over what was there.
    return c == '\n' || c == '\t' || c == '\r' && text.startsWith("\r\n", at);
  }

  private static boolean acts(char c) {
    return Character.isISOControl(c)
        || c == '\u061c' // Arabic letter mark
        || c == '\u200e' // left to right, right to left
        || c == '\u200f'
        || c >= '\u2028' && c <= '\u202e' // line and paragraph, embeddings and overrides
        || c >= '\u2066' && c <= '\u206f' // isolates, and what Unicode has given up
        || c == '\ufeff'
        || c >= '\ufff9' && c <= '\ufffb';
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format(Locale.ROOT, "\\u%04x", (int) c);
    };
  }
}
