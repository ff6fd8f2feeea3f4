package dev.quicklime.serve.http;

import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import dev.quicklime.serve.trace.Part;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request and its answer, for the thread that it came on. */
final class Exchange {

  /** Reads a body. */
  @FunctionalInterface
  interface BodyReader<T> {
    T read(InputStream body) throws IOException;
  }

  /** How far the body has been read. */
  private enum Body {
    UNTOUCHED,
    BEGUN,
    READ
  }

  private final ServerRequest request;
  private final ServerResponse response;
  private final String client;
  private final long maxBody;
  private final BodyBudget budget;
  private final @Nullable WatchedConnection connection;
  private final long start = System.nanoTime();
  private final List<WorkTimes> works = new ArrayList<>();
  private String model = "";
  private int status;
  private long bytes;
  private double waited;
  private boolean closing;
  private Body body = Body.UNTOUCHED;
  private long held;

  Exchange(
      ServerRequest request,
      ServerResponse response,
      String client,
      long maxBody,
      BodyBudget budget,
      @Nullable WatchedConnection connection) {
    this.request = request;
    this.response = response;
    this.client = client;
    this.maxBody = maxBody;
    this.budget = budget;
    this.connection = connection;
  }

  ServerRequest request() {
    return request;
  }

  /** Whose request it is, as far as the queue is concerned. */
  String client() {
    return client;
  }

  long maxBody() {
    return maxBody;
  }

  @Nullable WatchedConnection connection() {
    return connection;
  }

  /** Which model it is about, or nothing. */
  String model() {
    return model;
  }

  void about(String name) {
    model = name;
  }

  int status() {
    return status;
  }

  long bytes() {
    return bytes;
  }

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Seconds that it waited for a worker, the longest of its pictures. */
  double waited() {
    return waited;
  }

  void waited(double seconds) {
    waited = Math.max(waited, seconds);
  }

  /** Something that a worker is going to do for the request. */
  WorkTimes work(String name) {
    WorkTimes times = new WorkTimes(name);
    works.add(times);
    return times;
  }

  /** How long the request and its parts took until now. */
  Part whole() {
    Map<String, Object> facts = model.isEmpty() ? Map.of() : Map.of("quicklime.model", model);
    List<Part> parts = works.stream().flatMap(work -> work.parts().stream()).toList();
    return new Part("request", start, System.nanoTime(), facts, parts);
  }

  /** Time that is left of so much since the request came. */
  Duration left(Duration atMost) {
    return atMost.minusNanos(System.nanoTime() - start);
  }

  boolean accepts(String type) {
    return request.headers().contains(HeaderNames.ACCEPT)
        && request.headers().get(HeaderNames.ACCEPT).get().contains(type);
  }

  @Nullable String header(HeaderName name) {
    return request.headers().contains(name) ? request.headers().get(name).get() : null;
  }

  /**
   * Reads the body, as long as it is within the limit.
   *
   * @throws ServiceException if it is not, or there is none
   */
  <T> T read(BodyReader<T> reader) throws IOException {
    if (!request.content().hasEntity()) {
      throw ServiceException.of(Problem.INVALID, "the body must be JSON, got none");
    }
    if (request.headers().contentLength().orElse(0) > maxBody) {
      closeAfter();
      throw ServiceException.of(Problem.TOO_LARGE, ClientWatch.tooLarge(maxBody));
    }
    hold(request.headers().contentLength().orElse(0));
    long announced = held;
    T read;
    body = Body.BEGUN;
    try (InputStream in =
        new BoundedStream(
            request.content().inputStream(),
            maxBody,
            // Of chunks nobody has announced how many there are.
            announced > 0 ? _ -> {} : this::hold,
            this::closeAfter)) {
      read = reader.read(in);
    }
    body = Body.READ;
    if (connection != null) {
      connection.working();
    }
    return read;
  }

  /** How many bytes of the body may still come; very many where nobody knows. */
  long unread() {
    if (body == Body.READ || !request.content().hasEntity()) {
      return 0;
    }
    return body == Body.UNTOUCHED
        ? request.headers().contentLength().orElse(Long.MAX_VALUE)
        : Long.MAX_VALUE;
  }

  private void hold(long more) {
    budget.take(more);
    held += more;
  }

  /** The body is not held any more. */
  void release() {
    budget.giveBack(held);
    held = 0;
  }

  /** The connection is closed after this answer. */
  void closeAfter() {
    closing = true;
    if (!response.isSent() && status == 0) {
      response.headers().set(HeaderValues.CONNECTION_CLOSE);
    }
  }

  /** Whether the connection is to be closed, which Helidon leaves to whoever said so. */
  boolean closing() {
    return closing;
  }

  void header(HeaderName name, String value) {
    response.header(name, value);
  }

  /** Answers. */
  void send(int code, String type, byte[] body) {
    status = code;
    bytes = body.length;
    if (connection != null) {
      connection.answered();
      if (connection.cut()) {
        return;
      }
    }
    response.status(Status.create(code));
    response.header(HeaderNames.CONTENT_TYPE, type);
    answering();
    response.send(body);
    answered();
  }

  void json(int code, byte[] body) {
    send(code, "application/json", body);
  }

  /** Begins an answer that comes in parts. */
  OutputStream stream(String type) {
    // Somebody else may look whether the client is there.
    closeAfter();
    status = Status.OK_200.code();
    response.status(Status.OK_200);
    response.header(HeaderNames.CONTENT_TYPE, type);
    response.header(HeaderNames.CACHE_CONTROL, "no-cache");
    return response.outputStream();
  }

  /** A part of the answer is going to be written. */
  void answering() {
    if (connection != null) {
      connection.answering();
    }
  }

  /** It was taken. */
  void answered() {
    if (connection != null) {
      connection.working();
    }
  }

  void count(long more) {
    bytes += more;
  }

  /** Ends an answer that came in parts, which closing its stream does not. */
  void end() {
    if (response instanceof RoutingResponse routing) {
      answering();
      routing.commit();
      answered();
    }
  }

  /** Whether the beginning of an answer has been sent already. */
  boolean begun() {
    return status != 0;
  }

  /** What the log calls a request without an answer. */
  void unanswered(int code) {
    status = code;
  }
}
