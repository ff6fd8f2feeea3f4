package dev.quicklime.internal.kernel;

/** The two forms that every kernel has. */
public enum Implementation {
  /** The plainest correct loop, which is the specification. */
  SCALAR,
  /** The same on the Vector API; needs a JVM started with its module. */
  VECTOR
}
