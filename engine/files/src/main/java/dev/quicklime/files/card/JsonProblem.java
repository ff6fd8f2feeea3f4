package dev.quicklime.files.card;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import org.jspecify.annotations.Nullable;

/** What a parser of JSON found wrong, and where. */
final class JsonProblem {

  private JsonProblem() {}

  /**
   * Its words with the line, which it does not know where a limit is passed, as that of nested
   * arrays.
   */
  static String of(JacksonException e) {
    @Nullable JsonLocation at = e.getLocation();
    return at == null
        ? e.getOriginalMessage()
        : "%s at line %d".formatted(e.getOriginalMessage(), at.getLineNr());
  }
}
