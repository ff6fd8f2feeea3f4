package dev.quicklime.bench.guard;

import java.io.PrintWriter;
import java.util.List;

/** What the guard says of all paths. */
public final class Judgement {

  private final String description;
  private final List<Verdict> verdicts;

  Judgement(String description, List<Verdict> verdicts) {
    this.description = description;
    this.verdicts = List.copyOf(verdicts);
  }

  List<Verdict> verdicts() {
    return verdicts;
  }

  private long failed() {
    return verdicts.stream().filter(verdict -> !verdict.passed()).count();
  }

  /** Whether there is no objection. */
  public boolean passed() {
    return failed() == 0;
  }

  /** Prints what ran, the table, and how many paths failed. */
  public void print(PrintWriter out) {
    out.println(description);
    GuardTable.lines(verdicts).forEach(out::println);
    out.println(
        passed()
            ? "All %d paths are as they should be.".formatted(verdicts.size())
            : "%d of %d paths failed.".formatted(failed(), verdicts.size()));
    out.flush();
  }
}
