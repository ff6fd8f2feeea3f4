package dev.quicklime.serve.http;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import dev.quicklime.serve.protocol.Answers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An answer as server-sent events: {@code progress} as it is made, then {@code explanation} or
 * {@code error}, each with an object of JSON. Where there is no progress a blank comment is sent,
 * so that it is noticed when nobody listens any more.
 */
final class EventStream {

  private static final byte[] BLANK = ":\n\n".getBytes(StandardCharsets.UTF_8);

  private final Exchange exchange;
  private final OutputStream out;

  /** Begins an answer. */
  EventStream(Exchange exchange) {
    this.exchange = exchange;
    this.out = exchange.stream("text/event-stream");
  }

  /**
   * Sends all events.
   *
   * @param counts how far each picture is
   * @param work makes the answer, and calls what it is given while it does
   */
  void send(List<SampleCount> counts, Function<Runnable, byte[]> work) {
    long[] told = new long[counts.size()];
    write(BLANK);
    try {
      byte[] answer = work.apply(() -> tell(counts, told));
      tell(counts, told);
      event("explanation", answer);
    } catch (ServiceException e) {
      fail(e);
      throw e;
    } catch (InvalidInputException e) {
      fail(ServiceException.of(Problem.INVALID, String.valueOf(e.getMessage()), e));
      throw e;
    } catch (QuicklimeException e) {
      fail(ServiceException.of(Problem.FAILED, String.valueOf(e.getMessage()), e));
      throw e;
    }
    exchange.end();
  }

  private void tell(List<SampleCount> counts, long[] told) {
    boolean any = false;
    for (int i = 0; i < told.length; i++) {
      SampleCount count = counts.get(i);
      long done = count.done();
      if (done != told[i]) {
        told[i] = done;
        any = true;
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put("instance", i);
        progress.put("done", done);
        progress.put("total", count.total());
        double error = count.standardError();
        if (Double.isFinite(error)) {
          progress.put("standard_error", error);
        }
        event("progress", Answers.of(progress));
      }
    }
    if (!any) {
      write(BLANK);
    }
  }

  private void fail(ServiceException e) {
    event(
        "error",
        Answers.of(
            Map.of("error", String.valueOf(e.getMessage()), "status", e.problem().status())));
    exchange.end();
  }

  private void event(String name, byte[] data) {
    byte[] head = ("event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[head.length + data.length + 2];
    System.arraycopy(head, 0, all, 0, head.length);
    // JSON as it is written here has no line breaks.
    System.arraycopy(data, 0, all, head.length, data.length);
    all[all.length - 2] = '\n';
    all[all.length - 1] = '\n';
    write(all);
  }

  private void write(byte[] bytes) {
    try {
      exchange.answering();
      out.write(bytes);
      out.flush();
      exchange.answered();
      exchange.count(bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
