package dev.quicklime.bench.guard;

/** What the guard objects to. */
enum Fault {
  /** The path takes longer than its budget allows. */
  OVER_BUDGET("over budget"),
  /** A kernel path allocates. */
  ALLOCATES("allocates"),
  /** The vector twin takes longer than the scalar one. */
  SLOWER_THAN_SCALAR("slower than its scalar twin");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
