package dev.quicklime.serve.remote;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Layout;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a predictor is, and how it is asked.
 *
 * @param base its address, {@code http} or {@code https}, without a path or with the one that its
 *     routes begin with
 * @param model what it calls the model
 * @param protocol how it is asked
 * @param timeout what the scores of a batch may take, second tries and waits included; above 0
 * @param retries how often a batch is sent again whose connection broke, 0 to 10
 * @param inFlight batches of one picture that may be under way at once, 1 to 64
 * @param layout where the channels are; null for what its metadata says, and where those say
 *     nothing, {@link Layout#NCHW}
 * @param type numbers that are sent; null for what its metadata says, and where those say nothing,
 *     {@link TensorType#FP32}
 * @param input V2: the tensor of the pictures, null for the only one. V1: the field of an instance
 *     that has the picture, null where the instance is the picture
 * @param output the tensor, its index, or V1's field of a prediction, that holds the scores; null
 *     for the only one that can
 * @param token sent as a bearer token, or null
 */
public record PredictorOptions(
    URI base,
    String model,
    PredictorProtocol protocol,
    Duration timeout,
    int retries,
    int inFlight,
    @Nullable Layout layout,
    @Nullable TensorType type,
    @Nullable String input,
    @Nullable String output,
    @Nullable PredictorToken token) {

  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");
  private static final int MOST_RETRIES = 10;
  private static final int MOST_IN_FLIGHT = 64;
  private static final int LAST_PORT = 65_535;

  /**
   * Checks the numbers and the name.
   *
   * @throws InvalidInputException if one is outside of its range
   */
  public PredictorOptions {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(timeout, "timeout");
    if (base.getAuthority() == null
        || !List.of("http", "https").contains(String.valueOf(base.getScheme()))
        || base.getQuery() != null
        || base.getFragment() != null) {
      throw new InvalidInputException(
          "a predictor's address must be http:// or https:// and a host, got " + base);
    }
    if (!NAME.matcher(model).matches()) {
      throw new InvalidInputException(
          "a predictor's model must have a name of letters, digits, dots, dashes and underscores,"
              + " got "
              + model);
    }
    if (timeout.toMillis() < 1) {
      throw new InvalidInputException(
          "a predictor's timeout must be at least 1 ms, got " + timeout);
    }
    between("a predictor's retries", retries, 0, MOST_RETRIES);
    between("batches in flight", inFlight, 1, MOST_IN_FLIGHT);
    named("input", input);
    named("output", output);
  }

  private static void between(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new InvalidInputException(
          "%s must be between %s and %s, got %s".formatted(what, least, most, value));
    }
  }

  private static void named(String what, @Nullable String name) {
    if (name != null && name.isBlank()) {
      throw new InvalidInputException(what + " must be a name, got nothing");
    }
  }

  /**
   * A predictor by V1, of which a batch may take a minute and is sent again once where the
   * connection broke, with two batches under way.
   *
   * @param host a name or address, with a port behind a colon unless it is that of the scheme
   * @param ssl whether it is asked over TLS
   * @param model what it calls the model
   * @throws InvalidInputException if that is no host
   */
  public static PredictorOptions of(String host, boolean ssl, String model) {
    return new PredictorOptions(
        address(Objects.requireNonNull(host, "host"), ssl),
        model,
        PredictorProtocol.V1,
        Duration.ofMinutes(1),
        1,
        2,
        null,
        null,
        null,
        null,
        null);
  }

  private static URI address(String host, boolean ssl) {
    var match = HOST.matcher(host);
    String port = match.matches() ? match.group(1) : "0";
    if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > LAST_PORT)) {
      throw new InvalidInputException(
          "a predictor's host must be HOST or HOST:PORT, without http:// or a path, got " + host);
    }
    return URI.create((ssl ? "https://" : "http://") + host);
  }

  /** The same asked in another way. */
  public PredictorOptions withProtocol(PredictorProtocol value) {
    return new PredictorOptions(
        base, model, value, timeout, retries, inFlight, layout, type, input, output, token);
  }

  /** The same with another time for a batch, and other tries. */
  public PredictorOptions withTries(Duration newTimeout, int newRetries) {
    return new PredictorOptions(
        base,
        model,
        protocol,
        newTimeout,
        newRetries,
        inFlight,
        layout,
        type,
        input,
        output,
        token);
  }

  /** The same with more or fewer batches under way. */
  public PredictorOptions withInFlight(int value) {
    return new PredictorOptions(
        base, model, protocol, timeout, retries, value, layout, type, input, output, token);
  }

  /** The same with pictures written otherwise; null for what the predictor says. */
  public PredictorOptions withPictures(@Nullable Layout newLayout, @Nullable TensorType newType) {
    return new PredictorOptions(
        base, model, protocol, timeout, retries, inFlight, newLayout, newType, input, output,
        token);
  }

  /** The same with other names for what goes and what comes; null for the only ones. */
  public PredictorOptions withNames(@Nullable String newInput, @Nullable String newOutput) {
    return new PredictorOptions(
        base, model, protocol, timeout, retries, inFlight, layout, type, newInput, newOutput,
        token);
  }

  /** The same with a bearer token, or null for none. */
  public PredictorOptions withToken(@Nullable PredictorToken value) {
    return new PredictorOptions(
        base, model, protocol, timeout, retries, inFlight, layout, type, input, output, value);
  }
}
