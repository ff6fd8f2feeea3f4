package dev.quicklime.serve.metrics;

import dev.quicklime.run.Stage;
import dev.quicklime.run.Timings;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * The numbers of a service, in Prometheus' text format: how long requests took, how long they
 * waited for a worker, what waits and runs now, samples scored, requests refused, and what the
 * process holds of the machine.
 */
public final class ServiceMetrics {

  private static final Path RESIDENT = Path.of("/proc/self/status");
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  private final Map<String, SecondsHistogram> explains = new ConcurrentSkipListMap<>();
  private final Map<String, SecondsHistogram> predicts = new ConcurrentSkipListMap<>();
  private final SecondsHistogram waits = new SecondsHistogram();
  private final LongAdder samples = new LongAdder();
  private final DoubleAdder forwardMillis = new DoubleAdder();
  private final DoubleAdder madeMillis = new DoubleAdder();
  private final Map<Integer, LongAdder> refused = new ConcurrentSkipListMap<>();
  private final Map<String, DoubleSupplier> gauges = new ConcurrentSkipListMap<>();

  /** Nothing counted yet. */
  public ServiceMetrics() {}

  /** A request for explanations was answered. */
  public void explained(String model, double seconds) {
    explains.computeIfAbsent(model, _ -> new SecondsHistogram()).add(seconds);
  }

  /** A request for predictions was answered. */
  public void predicted(String model, double seconds) {
    predicts.computeIfAbsent(model, _ -> new SecondsHistogram()).add(seconds);
  }

  /** A worker began with something that had waited. */
  public void waited(double seconds) {
    waits.add(seconds);
  }

  /** Samples were scored. */
  public void scored(long count) {
    samples.add(count);
  }

  /** An explanation was made, in so much time. */
  public void made(Timings timings) {
    forwardMillis.add(timings.of(Stage.FORWARD));
    madeMillis.add(timings.total());
  }

  /** A request was answered by an error. */
  public void refused(int status) {
    refused.computeIfAbsent(status, _ -> new LongAdder()).increment();
  }

  /**
   * Adds a number that is asked for when it is read.
   *
   * @param name in lower case with underscores
   */
  public void gauge(String name, DoubleSupplier value) {
    gauges.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
  }

  /** All of it as text. */
  public String text() {
    StringBuilder out = new StringBuilder();
    histograms(out, "request_explain_seconds", "Time of requests for explanations.", explains);
    histograms(out, "request_predict_seconds", "Time of requests for predictions.", predicts);
    head(out, "quicklime_queue_wait_seconds", "histogram", "Time until a worker began.");
    waits.write(out, "quicklime_queue_wait_seconds", "");
    head(out, "quicklime_samples_total", "counter", "Samples scored.");
    line(out, "quicklime_samples_total", samples.sum());
    seconds(out, "quicklime_forward_seconds_total", "Time in the model.", forwardMillis);
    seconds(out, "quicklime_made_seconds_total", "Time of all explanations.", madeMillis);
    head(out, "quicklime_refused_total", "counter", "Requests answered by an error, by status.");
    refused.forEach(
        (status, count) ->
            line(out, "quicklime_refused_total{status=\"" + status + "\"}", count.sum()));
    gauges.forEach((name, value) -> gauge(out, name, value.getAsDouble()));
    process(out);
    return out.toString();
  }

  private static void histograms(
      StringBuilder out, String name, String help, Map<String, SecondsHistogram> byModel) {
    head(out, name, "histogram", help);
    byModel.forEach(
        (model, histogram) -> histogram.write(out, name, "model_name=\"" + model + "\""));
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void seconds(StringBuilder out, String name, String help, DoubleAdder millis) {
    head(out, name, "counter", help);
    out.append(String.format(Locale.ROOT, "%s %s\n", name, millis.sum() / 1000));
  }

  private static void line(StringBuilder out, String name, long value) {
    out.append(String.format(Locale.ROOT, "%s %d\n", name, value));
  }

  private static void gauge(StringBuilder out, String name, double value) {
    out.append("# TYPE ").append(name).append(" gauge\n");
    out.append(String.format(Locale.ROOT, "%s %s\n", name, value));
  }

  private static void process(StringBuilder out) {
    gauge(out, "process_resident_memory_bytes", resident());
    gauge(out, "process_open_fds", openFiles());
    gauge(
        out, "jvm_threads_current", (double) ManagementFactory.getThreadMXBean().getThreadCount());
    gauge(
        out,
        "jvm_memory_heap_used_bytes",
        (double) ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    double direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    gauge(out, "jvm_buffer_pool_used_bytes", direct);
  }

  /** What the process has in memory, native code's share included; NaN where nobody tells. */
  private static double resident() {
    try (Stream<String> lines = Files.lines(RESIDENT)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private static double openFiles() {
    try (Stream<Path> files = Files.list(OPEN_FILES)) {
      return files.count();
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
