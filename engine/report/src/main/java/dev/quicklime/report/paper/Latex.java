package dev.quicklime.report.paper;

import java.util.Map;

/** Writes text so that LaTeX shows it as it is, whatever it is made of. */
final class Latex {

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private static final Map<Integer, String> WORDS =
      Map.ofEntries(
          Map.entry((int) '\\', "\\textbackslash{}"),
          Map.entry((int) '{', "\\{"),
          Map.entry((int) '}', "\\}"),
          Map.entry((int) '$', "\\$"),
          Map.entry((int) '&', "\\&"),
          Map.entry((int) '#', "\\#"),
          Map.entry((int) '%', "\\%"),
          Map.entry((int) '_', "\\_"),
          Map.entry((int) '^', "\\textasciicircum{}"),
          Map.entry((int) '~', "\\textasciitilde{}"),
          Map.entry((int) '<', "$<$"),
          Map.entry((int) '>', "$>$"),
          Map.entry((int) '|', "$|$"),
          Map.entry((int) '"', "\\textquotedbl{}"),
          Map.entry((int) '−', "$-$"),
          Map.entry((int) '±', "$\\pm$"),
          Map.entry((int) '×', "$\\times$"),
          Map.entry((int) '·', "$\\cdot$"),
          Map.entry((int) '√', "$\\surd$"),
          Map.entry((int) 'Σ', "$\\Sigma$"),
          Map.entry((int) 'α', "$\\alpha$"),
          Map.entry((int) 'β', "$\\beta$"),
          Map.entry((int) 'τ', "$\\tau$"),
          Map.entry((int) 'φ', "$\\varphi$"),
          Map.entry((int) 'ℓ', "$\\ell$"),
          Map.entry((int) '–', "--"),
          Map.entry((int) '—', "---"),
          Map.entry((int) '…', "\\ldots{}"),
          Map.entry((int) '“', "``"),
          Map.entry((int) '”', "''"),
          Map.entry((int) '\u00a0', "~"));

  private Latex() {}

  /** Text on one line, for inputs in UTF-8. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    StringBuilder power = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              String digit = raised(point);
              if (!digit.isEmpty()) {
                power.append(digit);
                return;
              }
              flush(power, escaped);
              if (Character.isISOControl(point)) {
                escaped.append(' ');
              } else {
                escaped.append(WORDS.getOrDefault(point, Character.toString(point)));
              }
            });
    flush(power, escaped);
    return escaped.toString();
  }

  /** What stands in an exponent: "10⁻⁷" is one power, not three. */
  private static String raised(int point) {
    int digit = SUPERSCRIPTS.indexOf(point);
    return point == '⁻' ? "-" : digit < 0 ? "" : Integer.toString(digit);
  }

  /** A raised digit as it stands on the line, any other sign as it is. */
  static String digit(int point) {
    int digit = SUPERSCRIPTS.indexOf(point);
    return digit < 0 ? Character.toString(point) : Integer.toString(digit);
  }

  private static void flush(StringBuilder power, StringBuilder escaped) {
    if (!power.isEmpty()) {
      escaped.append("$^{").append(power).append("}$");
      power.setLength(0);
    }
  }
}
