package dev.quicklime.serve.http;

import dev.quicklime.serve.protocol.Answers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** A line of JSON for each request. */
final class AccessLog {

  private AccessLog() {}

  static String line(Exchange exchange, String problem) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    line.put("client", exchange.request().remotePeer().host());
    line.put("method", exchange.request().prologue().method().text());
    line.put("path", exchange.request().path().absolute().path());
    line.put("status", exchange.status());
    line.put("bytes", exchange.bytes());
    line.put("seconds", rounded(exchange.seconds()));
    line.put("waited", rounded(exchange.waited()));
    if (!exchange.model().isEmpty()) {
      line.put("model", exchange.model());
    }
    if (!problem.isEmpty()) {
      line.put("error", problem);
    }
    return new String(Answers.of(line), StandardCharsets.UTF_8);
  }

  private static double rounded(double seconds) {
    return Math.rint(seconds * 1e6) / 1e6;
  }
}
