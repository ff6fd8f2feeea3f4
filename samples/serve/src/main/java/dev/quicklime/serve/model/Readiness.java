package dev.quicklime.serve.model;

import org.jspecify.annotations.Nullable;

/** Whether a model can be asked; may be called by all threads at any time, and never waits. */
@FunctionalInterface
public interface Readiness {

  /** What it waits for, in one line; null where it is ready. */
  @Nullable String missing();

  /** Of a model that is ready from the beginning. */
  static Readiness always() {
    return () -> null;
  }
}
