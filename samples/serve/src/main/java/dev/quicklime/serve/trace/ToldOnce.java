package dev.quicklime.serve.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends spans, and says once that they do not arrive until they do again. */
final class ToldOnce implements SpanExporter {

  private static final System.Logger LOGGER = System.getLogger(ToldOnce.class.getName());

  private final SpanExporter exporter;
  private final AtomicBoolean failing = new AtomicBoolean();

  ToldOnce(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(
        () -> {
          if (result.isSuccess()) {
            failing.set(false);
          } else if (!failing.getAndSet(true)) {
            LOGGER.log(System.Logger.Level.WARNING, "traces are not taken: {0}", why(result));
          }
        });
  }

  private static String why(CompletableResultCode result) {
    Throwable cause = result.getFailureThrowable();
    return cause == null ? "the collector refuses them" : cause.toString();
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
