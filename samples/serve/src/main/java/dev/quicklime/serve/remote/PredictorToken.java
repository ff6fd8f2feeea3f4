package dev.quicklime.serve.remote;

import dev.quicklime.InvalidInputException;
import java.util.Objects;
import java.util.regex.Pattern;

/** A bearer token that a predictor asks for; never printed. */
public final class PredictorToken {

  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,8192}");

  private final String value;

  private PredictorToken(String value) {
    this.value = value;
  }

  /**
   * A token, of which blanks around it are no part.
   *
   * @throws InvalidInputException if a header cannot have it
   */
  public static PredictorToken of(String text) {
    String value = Objects.requireNonNull(text, "text").strip();
    if (!FORM.matcher(value).matches()) {
      throw new InvalidInputException(
          "a token must be 1 to 8192 letters, digits and signs without a blank, got %s characters"
              .formatted(value.length()));
    }
    return new PredictorToken(value);
  }

  /** What the header says. */
  String header() {
    return "Bearer " + value;
  }

  @Override
  public String toString() {
    return "PredictorToken[…]";
  }
}
