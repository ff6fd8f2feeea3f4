package dev.quicklime.serve.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.serve.problem.ServiceException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers what a test tells it to, on a free port of the loopback address. */
final class FakePredictor implements AutoCloseable {

  /** Two pixels wide, one high: so that bodies can be read in a test. */
  static final Preprocessing TINY = Preprocessing.imageNet().withSize(2, 1).withoutNormalization();

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** Answers a request for scores. */
  @FunctionalInterface
  interface Scoring {
    void answer(HttpExchange exchange, int call) throws Exception;
  }

  /** A request for scores that came. */
  record Asked(Map<String, List<String>> headers, List<Byte> body) {
    byte[] bytes() {
      byte[] bytes = new byte[body.size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = body.get(i);
      }
      return bytes;
    }

    JsonNode json() throws IOException {
      String length =
          headers.getOrDefault("Inference-header-content-length", List.of("")).getFirst();
      byte[] all = bytes();
      return MAPPER.readTree(all, 0, length.isEmpty() ? all.length : Integer.parseInt(length));
    }
  }

  private FakePredictor(Map<String, String> questions, Scoring scoring) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          String known = questions.get(path);
          if (exchange.getRequestMethod().equals("GET")) {
            send(exchange, known == null ? 404 : 200, known == null ? "unknown" : known);
            return;
          }
          byte[] body = exchange.getRequestBody().readAllBytes();
          Byte[] boxed = new Byte[body.length];
          for (int i = 0; i < boxed.length; i++) {
            boxed[i] = body[i];
          }
          int call;
          synchronized (asked) {
            call = asked.size();
            asked.add(new Asked(Map.copyOf(exchange.getRequestHeaders()), List.of(boxed)));
          }
          try {
            scoring.answer(exchange, call);
          } catch (IOException e) {
            throw e;
          } catch (Exception e) {
            throw new IOException(e);
          } finally {
            exchange.close();
          }
        });
    server.start();
  }

  /** Of V1, ready. */
  static FakePredictor v1(Scoring scoring) throws IOException {
    return new FakePredictor(Map.of("/v1/models/m", "{\"name\":\"m\",\"ready\":true}"), scoring);
  }

  /** Of V2, ready. */
  static FakePredictor v2(String metadata, boolean binary, Scoring scoring) throws IOException {
    return new FakePredictor(
        Map.of(
            "/v2",
            "{\"name\":\"fake\",\"extensions\":[%s]}"
                .formatted(binary ? "\"binary_tensor_data\"" : ""),
            "/v2/models/m/ready",
            "{}",
            "/v2/models/m",
            metadata),
        scoring);
  }

  /** What answers questions only. */
  static FakePredictor of(Map<String, String> questions) throws IOException {
    return new FakePredictor(questions, (_, _) -> {});
  }

  /** One input and one output, of a shape and type. */
  static String metadata(String shape, String type) {
    return """
    {"name":"m","inputs":[{"name":"x","shape":%s,"datatype":"%s"}],
    "outputs":[{"name":"y","shape":[-1,2],"datatype":"FP32"}]}\
    """
        .formatted(shape, type);
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** Answers with this body, always. */
  static Scoring always(int status, String body) {
    return (exchange, _) -> send(exchange, status, body);
  }

  PredictorOptions options() {
    return PredictorOptions.of("127.0.0.1:" + server.getAddress().getPort(), false, "m");
  }

  PredictorOptions optionsV2() {
    return options().withProtocol(PredictorProtocol.V2);
  }

  /** The requests for scores that came. */
  List<Asked> asked() {
    return asked;
  }

  /** A model that found its predictor. */
  static RemoteModel found(PredictorOptions options, int batch) throws InterruptedException {
    RemoteModel model = RemoteModel.seek(options, TINY, batch, _ -> {});
    if (!model.await(Duration.ofSeconds(20))) {
      model.close();
      throw new AssertionError(model.missing());
    }
    return model;
  }

  /** Pictures of floats 0, 1, 2 and so on. */
  static Batch counting(RemoteModel model) {
    Batch batch = model.newBatch();
    MemorySegment pixels = batch.pixels();
    for (int i = 0; i < pixels.byteSize() / 4; i++) {
      pixels.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i, i);
    }
    return batch;
  }

  /** The scores of the first pictures. */
  static double[] score(PredictorOptions options, int rows) throws InterruptedException {
    try (RemoteModel model = found(options, Math.max(2, rows));
        Batch batch = counting(model)) {
      return model.score(batch, rows);
    }
  }

  /** Why there are none. */
  static ServiceException failure(PredictorOptions options, int rows) throws InterruptedException {
    try {
      double[] scores = score(options, rows);
      throw new AssertionError("there are " + scores.length + " scores");
    } catch (ServiceException e) {
      return e;
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
