package dev.quicklime.bench.guard;

/** Which of its chances a verdict is from: a machine has bad moments, and a JVM bad starts. */
enum Chance {
  /** The first rounds. */
  FIRST("at first"),
  /** More rounds in the same JVM, as the first ones failed. */
  SECOND("on its second chance"),
  /** A second JVM, as the first one failed. */
  SECOND_JVM("in a second JVM");

  private final String words;

  Chance(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
