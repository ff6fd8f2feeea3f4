package dev.quicklime.bench.guard;

/** What the guard objects to. */
enum Fault {
  /** The path takes longer than its budget allows. */
  OVER_BUDGET("over budget"),
  /** The vector twin takes a larger part of the scalar one's time than its budget allows. */
  OVER_SCALAR_BUDGET("over budget beside its scalar twin"),
  /** A kernel path allocates. */
  ALLOCATES("allocates"),
  /** The path allocates more than its budget allows. */
  ALLOCATES_MORE("allocates more than its budget"),
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
