package dev.quicklime.serve.remote;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;

/** What is said of a predictor that does not answer as it should, in one line each. */
final class Faults {

  private static final int LONGEST = 200;
  private static final int LOOKED_AT = 1 << 16;

  private Faults() {}

  /** Its answer is wrong. */
  static ServiceException wrong(String rule, String got) {
    return ServiceException.of(
        Problem.PREDICTOR, "the predictor must answer %s, got %s".formatted(rule, got));
  }

  static ServiceException wrong(String rule, String got, Throwable cause) {
    return ServiceException.of(
        Problem.PREDICTOR, "the predictor must answer %s, got %s".formatted(rule, got), cause);
  }

  /** It did not answer at all. */
  static ServiceException unreachable(Throwable cause) {
    return ServiceException.of(
        Problem.PREDICTOR, "the predictor could not be asked: " + why(cause), cause);
  }

  /** The client has no words of its own for what is most common. */
  private static String why(Throwable cause) {
    for (Throwable e = cause; e != null; e = e.getCause()) {
      if (e instanceof UnresolvedAddressException || e instanceof UnknownHostException) {
        return "its host is not known";
      }
    }
    if (cause instanceof ConnectException) {
      return "nobody listens there";
    }
    String said = cause.getMessage();
    return said == null || said.isBlank() ? cause.getClass().getSimpleName() : line(said);
  }

  /** It did not answer in time. */
  static ServiceException late(String what) {
    return ServiceException.of(Problem.LATE, what);
  }

  /** It refused. */
  static ServiceException refused(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    String more = status / 100 == 3 ? "redirects are not followed" : message(answer.body());
    return ServiceException.of(
        Problem.PREDICTOR,
        "the predictor answered %s%s".formatted(status, more.isEmpty() ? "" : ": " + more));
  }

  /** The first line of what it says for itself. */
  static String message(byte[] body) {
    String text =
        new String(body, 0, Math.min(body.length, LOOKED_AT), StandardCharsets.UTF_8).strip();
    if (text.startsWith("{")) {
      try {
        JsonNode json = Json.MAPPER.readTree(text);
        for (String field : new String[] {"error", "message", "detail"}) {
          if (json.path(field).isTextual()) {
            return line(json.path(field).asText());
          }
        }
      } catch (JacksonException e) {
        // Then it is no JSON, and said as it is.
        return line(text);
      }
    }
    return line(text);
  }

  /** A text as a message may have it: one line, and not a long one. */
  static String line(String text) {
    String first =
        text.lines().map(String::strip).filter(one -> !one.isEmpty()).findFirst().orElse("");
    String shown = first.replaceAll("\\p{Cntrl}", " ");
    return shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown;
  }
}
