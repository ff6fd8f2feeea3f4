package dev.quicklime.cli.doctor;

import java.io.Serial;
import java.io.Serializable;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/**
 * One line of the doctor.
 *
 * @param state how it is
 * @param part what was looked at
 * @param detail what was found, with the remedy where it is missing
 */
public record Finding(State state, String part, String detail) implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  /** How a part is. */
  public enum State {
    /** It works. */
    OK("green"),
    /** Not there, and not needed. */
    NONE("faint"),
    /** Needed, and not there or not as it must be. */
    MISSING("red");

    private final String style;

    State(String style) {
      this.style = style;
    }
  }

  /** Aligned text, coloured where {@code ansi} says so. */
  public String show(Ansi ansi) {
    String mark =
        String.format(
            Locale.ROOT, "%-7s", state == State.NONE ? "-" : state.name().toLowerCase(Locale.ROOT));
    return ansi.string("@|" + state.style + " " + mark + "|@")
        + String.format(
            Locale.ROOT, "  %-9s  %s", part, detail.strip().replaceAll("\\s*\\R\\s*", " "));
  }
}
