package dev.quicklime.files;

/**
 * What the JSON of every result begins with: a number that grows when a field changes its meaning
 * or goes. New fields alone do not change it, so that readers ignore what they do not know.
 */
public final class JsonSchema {

  /** The number of the form that is written now. */
  public static final int VERSION = 1;

  private JsonSchema() {}
}
