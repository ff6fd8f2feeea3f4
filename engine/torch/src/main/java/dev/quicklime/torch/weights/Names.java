package dev.quicklime.torch.weights;

/** Shows what a file says, which may be anything, in a message of one line. */
final class Names {

  private static final int LONGEST = 80;

  private Names() {}

  static String shown(String text) {
    String start = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return start.replaceAll("\\p{Cntrl}", "�");
  }
}
