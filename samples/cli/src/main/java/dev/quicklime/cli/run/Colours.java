package dev.quicklime.cli.run;

import dev.quicklime.report.text.Visible;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;

/**
 * Prints what was found, with the little colour that helps the eye where the terminal has some: how
 * far weights follow the model. What names hold is shown and never obeyed.
 */
public final class Colours {

  private static final Map<String, String> STYLES =
      Map.of("closely", "green", "roughly", "yellow", "hardly", "red");

  private static final Pattern VERDICT =
      Pattern.compile("(?<=follows the model )(closely|roughly|hardly)");

  private Colours() {}

  /** Prints a text as it is, or with colours. */
  public static void print(PrintWriter out, String text, Ansi ansi) {
    Objects.requireNonNull(text, "text");
    if (!ansi.enabled()) {
      out.print(text);
      return;
    }
    TerminalWriter.raw(out)
        .print(
            VERDICT
                .matcher(Visible.text(text))
                .replaceAll(
                    found ->
                        ansi.string(
                            "@|" + STYLES.get(found.group()) + " " + found.group() + "|@")));
  }
}
