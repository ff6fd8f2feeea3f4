package dev.quicklime.bench.guard;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What the guard says of all paths. */
public final class Judgement {

  private final String description;
  private final List<PathVerdict> verdicts;
  private final List<PathVerdict> first;

  /**
   * Puts verdicts together.
   *
   * @param first those that a second JVM has replaced
   */
  Judgement(String description, List<PathVerdict> verdicts, List<PathVerdict> first) {
    this.description = description;
    this.verdicts = List.copyOf(verdicts);
    this.first = List.copyOf(first);
  }

  List<PathVerdict> verdicts() {
    return verdicts;
  }

  private long failed() {
    return verdicts.stream().filter(verdict -> !verdict.passed()).count();
  }

  private long passed(Chance chance) {
    return verdicts.stream()
        .filter(verdict -> verdict.passed() && verdict.chance() == chance)
        .count();
  }

  private String closing() {
    String chances =
        Arrays.stream(Chance.values())
            .map(chance -> passed(chance) + " " + chance.words())
            .collect(Collectors.joining(", "));
    return passed()
        ? "All %s paths are as they should be: %s.".formatted(verdicts.size(), chances)
        : "%s of %s paths failed; passed: %s.".formatted(failed(), verdicts.size(), chances);
  }

  /** Whether there is no objection. */
  public boolean passed() {
    return failed() == 0;
  }

  /** Prints what ran, the table, and how many paths passed on which chance. */
  public void print(PrintWriter out) {
    out.println(description);
    GuardTable.lines(verdicts).forEach(out::println);
    if (!first.isEmpty()) {
      out.println("What these did in a first JVM; the table above has them from a second one:");
      GuardTable.lines(first).stream().skip(1).forEach(out::println);
    }
    out.println(closing());
    out.flush();
  }
}
