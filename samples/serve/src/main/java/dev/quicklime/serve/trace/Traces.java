package dev.quicklime.serve.trace;

import java.util.Map;
import java.util.Objects;

/** Hears of requests once they are answered. */
public interface Traces extends AutoCloseable {

  /**
   * A request was answered. Neither blocks nor fails, whatever becomes of the trace.
   *
   * @param request what it was, and how long its parts took
   */
  void answered(TracedRequest request);

  /** Sends what is not sent yet, for two seconds at most. */
  @Override
  void close();

  /** Traces that nobody wants. */
  static Traces none() {
    return new Traces() {
      @Override
      public void answered(TracedRequest request) {
        Objects.requireNonNull(request, "request");
      }

      @Override
      public void close() {
        // There is nothing to send.
      }
    };
  }

  /**
   * Traces as the variables of OpenTelemetry's SDK say, where {@code OTEL_EXPORTER_OTLP_ENDPOINT}
   * or {@code OTEL_EXPORTER_OTLP_TRACES_ENDPOINT} is set; else none.
   *
   * @throws dev.quicklime.InvalidInputException if a variable has a value that the SDK refuses
   */
  static Traces ofEnvironment() {
    return wanted("OTEL_EXPORTER_OTLP_ENDPOINT") || wanted("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
        ? new OpenTelemetryTraces(Map.of())
        : none();
  }

  private static boolean wanted(String variable) {
    String value = System.getenv(variable);
    return value != null && !value.isBlank();
  }
}
