package dev.quicklime.serve.trace;

import dev.quicklime.InvalidInputException;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Spans by OpenTelemetry's SDK: one for the server, which continues what the client has begun, and
 * one for each part of its time.
 */
final class OpenTelemetryTraces implements Traces {

  private static final String SCOPE = "dev.quicklime.serve";
  private static final int SERVER_ERROR = 500;
  private static final long LAST_SECONDS = 2;

  /** Held, since a logger that nobody holds forgets its level. */
  private static final Logger SDK = Logger.getLogger("io.opentelemetry");

  private static final TextMapGetter<TracedRequest> HEADERS =
      new TextMapGetter<>() {
        @Override
        @SuppressWarnings("deprecation") // There is no default in every version.
        public Iterable<String> keys(TracedRequest carrier) {
          return List.of("traceparent", "tracestate", "baggage");
        }

        @Override
        public @Nullable String get(@Nullable TracedRequest carrier, String key) {
          String value = carrier == null ? "" : carrier.header().of(key);
          return value.isEmpty() ? null : value;
        }
      };

  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;

  /**
   * Reads the SDK's variables.
   *
   * @param properties the SDK's own, which take the place of what variables leave out
   * @throws InvalidInputException if one has a value that the SDK refuses
   */
  OpenTelemetryTraces(Map<String, String> properties) {
    // It repeats with stack traces what is said once, see ToldOnce.
    SDK.setLevel(Level.OFF);
    Map<String, String> defaults = new HashMap<>();
    defaults.put("otel.service.name", "quicklime");
    defaults.put("otel.exporter.otlp.protocol", "http/protobuf");
    defaults.put("otel.metrics.exporter", "none");
    defaults.put("otel.logs.exporter", "none");
    defaults.putAll(properties);
    try {
      sdk =
          AutoConfiguredOpenTelemetrySdk.builder()
              .disableShutdownHook()
              .addPropertiesSupplier(() -> defaults)
              .addSpanExporterCustomizer((exporter, _) -> new ToldOnce(exporter))
              .build()
              .getOpenTelemetrySdk();
    } catch (ConfigurationException | IllegalArgumentException | IllegalStateException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new InvalidInputException(
          "the variables OTEL_… must be such as OpenTelemetry's SDK takes, which says: " + message,
          e);
    }
    tracer = sdk.getTracer(SCOPE);
  }

  @Override
  public void answered(TracedRequest request) {
    Part whole = request.whole();
    Context parent =
        sdk.getPropagators().getTextMapPropagator().extract(Context.root(), request, HEADERS);
    SpanBuilder builder =
        tracer
            .spanBuilder((request.method() + " " + request.route()).strip())
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("http.request.method", request.method())
            .setAttribute("url.path", request.path())
            .setAttribute("url.scheme", request.secure() ? "https" : "http")
            .setAttribute("client.address", request.client())
            .setAttribute("network.protocol.version", "1.1");
    if (!request.route().isEmpty()) {
      builder.setAttribute("http.route", request.route());
    }
    Clock clock = Clock.now();
    Span span = begin(builder, whole, clock);
    span.setAttribute("http.response.status_code", (long) request.status());
    if (request.status() >= SERVER_ERROR) {
      span.setAttribute("error.type", Integer.toString(request.status()));
      span.setStatus(StatusCode.ERROR, request.problem());
    }
    parts(whole, parent.with(span), clock);
    span.end(clock.epochNanos(whole.to()), TimeUnit.NANOSECONDS);
  }

  private static Span begin(SpanBuilder builder, Part part, Clock clock) {
    part.facts()
        .forEach(
            (name, value) -> {
              if (value instanceof Long number) {
                builder.setAttribute(AttributeKey.longKey(name), number);
              } else {
                builder.setAttribute(name, value.toString());
              }
            });
    return builder
        .setStartTimestamp(clock.epochNanos(part.from()), TimeUnit.NANOSECONDS)
        .startSpan();
  }

  private void parts(Part whole, Context parent, Clock clock) {
    for (Part part : whole.parts()) {
      Span span = begin(tracer.spanBuilder(part.name()).setParent(parent), part, clock);
      parts(part, parent.with(span), clock);
      span.end(clock.epochNanos(part.to()), TimeUnit.NANOSECONDS);
    }
  }

  /** Turns times of {@link System#nanoTime} into those of the day. */
  private record Clock(long nanos, long epochNanos) {
    static Clock now() {
      Instant now = Instant.now();
      return new Clock(
          System.nanoTime(), TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
    }

    long epochNanos(long at) {
      return epochNanos + (at - nanos);
    }
  }

  @Override
  public void close() {
    sdk.getSdkTracerProvider().shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
  }
}
