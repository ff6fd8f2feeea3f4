package dev.quicklime.cli.run;

import java.util.Locale;

/**
 * The text of a line of progress: every part has its place, whatever the figures are, so that
 * nothing jumps, and the line is never wider than the terminal.
 */
final class ProgressText {

  /** What every terminal shows without a break. */
  static final int MOST = 79;

  private static final int NAME = 16;
  private static final int PHASE = 8;
  private static final int LEAST_BAR = 10;
  private static final int FIGURE = 6;
  private static final int LEFT = 11;
  private static final String GAP = "  ";

  /** From here on letters may take two columns, as those of Chinese and Japanese do. */
  private static final int WIDE = 0x1100;

  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;

  /** Up to so many of a unit, it says enough; above, the next larger one does. */
  private static final int MANY = 100;

  private ProgressText() {}

  /**
   * The line.
   *
   * @param columns of the terminal
   */
  static String line(ProgressTask task, Pace pace, int columns) {
    int width = Math.clamp(columns - 1L, 0, MOST);
    double share = pace.share();
    String counter = counter(task);
    String percent = String.format(Locale.ROOT, "%5s", (int) (100 * share) + "%");
    String speed = GAP + speed(pace.perSecond(), task.unit());
    String left = GAP + left(pace.secondsLeft());
    int room = width - percent.length() - counter.length() - LEAST_BAR;
    if (room < 0) {
      return percent.substring(0, Math.min(width, percent.length()));
    }
    // What is worth least makes room first.
    StringBuilder tail = new StringBuilder(percent);
    if (left.length() <= room) {
      tail.append(left);
      room -= left.length();
    }
    if (speed.length() <= room) {
      tail.insert(percent.length(), speed);
      room -= speed.length();
    }
    StringBuilder head = new StringBuilder(counter);
    if (NAME + GAP.length() <= room) {
      head.append(padded(task.name(), NAME)).append(GAP);
      room -= NAME + GAP.length();
    }
    if (!task.phase().isEmpty() && PHASE + GAP.length() <= room) {
      head.append(padded(task.phase(), PHASE)).append(GAP);
      room -= PHASE + GAP.length();
    }
    return (head + bar(share, LEAST_BAR + room) + tail).stripTrailing();
  }

  /** Which picture of how many; as wide for the first as for the last. */
  private static String counter(ProgressTask task) {
    int digits = String.valueOf(task.count()).length();
    return task.count() == 1
        ? ""
        : String.format(Locale.ROOT, "%" + digits + "d/%d" + GAP, task.number(), task.count());
  }

  /** A text of just so many columns, whatever it is written in. */
  private static String padded(String text, int columns) {
    if (columns(text) <= columns) {
      return text + " ".repeat(columns - columns(text));
    }
    StringBuilder cut = new StringBuilder();
    int used = 0;
    for (int point : text.codePoints().toArray()) {
      used += columns(point);
      if (used > columns - 3) {
        break;
      }
      cut.appendCodePoint(point);
    }
    String shown = cut + "...";
    return shown + " ".repeat(columns - columns(shown));
  }

  /** Columns that a text takes at most. */
  static int columns(String text) {
    return text.codePoints().map(ProgressText::columns).sum();
  }

  private static int columns(int point) {
    return point < WIDE ? 1 : 2;
  }

  private static String bar(double share, int columns) {
    int inner = columns - 2;
    int full = (int) (share * inner);
    String done = full == 0 || full == inner ? "=".repeat(full) : "=".repeat(full - 1) + ">";
    return "[" + done + " ".repeat(inner - full) + "]";
  }

  private static String speed(double perSecond, String unit) {
    String per = " " + (unit.equals("images") ? "img" : unit) + "/s";
    return perSecond > 0
        ? String.format(Locale.ROOT, "%" + FIGURE + "s%s", figure(perSecond), per)
        : " ".repeat(FIGURE + per.length());
  }

  private static String figure(double value) {
    String text =
        String.format(Locale.ROOT, value < 10 ? "%.2f" : value < MANY ? "%.1f" : "%.0f", value);
    return text.length() > FIGURE ? ">99999" : text;
  }

  private static String left(double seconds) {
    String text = Double.isNaN(seconds) ? "" : duration(seconds) + " left";
    return String.format(Locale.ROOT, "%" + LEFT + "s", text);
  }

  /**
   * A time in the unit that says it in two or three digits.
   *
   * @param seconds 0 or more
   */
  static String duration(double seconds) {
    if (Math.round(seconds) < MANY) {
      return Math.round(seconds) + " s";
    }
    if (Math.round(seconds / MINUTE) < MANY) {
      return Math.round(seconds / MINUTE) + " min";
    }
    double hours = seconds / HOUR;
    return hours < 99.9
        ? String.format(Locale.ROOT, "%.1f h", hours)
        : hours < 999 ? Math.round(hours) + " h" : ">999 h";
  }
}
