package dev.quicklime.cli.explain;

/** How much of an explanation is drawn. */
enum FigureChoice {
  /** Nothing: no page is written either, which would be nothing without its figures. */
  NONE(0),

  /** What all classes share and the first class; of the others the page has numbers. */
  FIRST(1),

  /** All of it. */
  ALL(Integer.MAX_VALUE);

  private final int classes;

  FigureChoice(int classes) {
    this.classes = classes;
  }

  /** How many classes have figures of their own. */
  int classes() {
    return classes;
  }

  /** Whether there is a page. */
  boolean hasReport() {
    return classes > 0;
  }

  /** The file of a folder that a reader is to open. */
  String opened() {
    return hasReport() ? "report.html" : "explanation.json";
  }
}
