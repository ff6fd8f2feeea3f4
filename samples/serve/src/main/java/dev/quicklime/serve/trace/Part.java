package dev.quicklime.serve.trace;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A part of the time of a request.
 *
 * @param name of what was done
 * @param from when it began, of {@link System#nanoTime}
 * @param to when it ended, likewise
 * @param facts numbers (Long) and texts (String) by name
 * @param parts what it consists of
 */
public record Part(String name, long from, long to, Map<String, Object> facts, List<Part> parts) {

  /** Copies map and list. */
  public Part {
    Objects.requireNonNull(name, "name");
    facts = Map.copyOf(facts);
    parts = List.copyOf(parts);
  }

  /** A part of which nothing more is known. */
  public static Part of(String name, long from, long to) {
    return new Part(name, from, to, Map.of(), List.of());
  }
}
