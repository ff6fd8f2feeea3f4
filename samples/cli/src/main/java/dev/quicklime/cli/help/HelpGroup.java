package dev.quicklime.cli.help;

/** What options are about, in the order in which a command's help shows them. */
public enum HelpGroup {
  /** Those that most calls of a command name. */
  COMMON("Most used"),
  /** Pictures and rows, and how they are brought to the model's input. */
  INPUT("Input"),
  /** How pictures are divided. */
  SUPERPIXELS("Superpixels"),
  /** What is drawn, how much of it, and what of the scores is explained. */
  SAMPLES("Samples"),
  /** The model and what it runs on. */
  MODEL("Model"),
  /** A model elsewhere. */
  PREDICTOR("Model elsewhere"),
  /** What is fitted, and how samples weigh. */
  SURROGATE("Surrogate"),
  /** Where a service listens, and what it takes. */
  SERVICE("Service"),
  /** How work is divided among the machines of a cluster. */
  TASKS("Tasks"),
  /** What is written, drawn and measured besides. */
  OUTPUT("Output"),
  /** Options of commands that have few. */
  PLAIN("Options"),
  /** Help itself. */
  HELP("Help");

  private final String heading;

  HelpGroup(String heading) {
    this.heading = heading;
  }

  /** What stands above them. */
  public String heading() {
    return heading;
  }
}
