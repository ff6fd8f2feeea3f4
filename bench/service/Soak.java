import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Clients of every kind at one service for a long time: see soak.sh. */
final class Soak {

  private static final int ARRIVAL = 3;
  private static final int MOST_MIB = 1;
  private static final String PATH = "/v1/models/scenes:explain";

  /** What somebody does once. */
  @FunctionalInterface
  private interface Deed {
    /** The statuses that came, or a word for how it ended. */
    String run(Socket socket, Random random) throws IOException;
  }

  private record Kind(String name, int clients, List<String> expected, Deed deed) {}

  private final Service service;
  private final Pictures pictures;
  private final Map<String, AtomicInteger> ends = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> wrong = new ConcurrentHashMap<>();

  private Soak(Service service, Pictures pictures) {
    this.service = service;
    this.pictures = pictures;
  }

  public static void main(String[] args) throws Exception {
    double minutes = 30;
    List<String> command = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--")) {
        command.addAll(Arrays.asList(args).subList(i + 1, args.length));
        break;
      }
      minutes = Double.parseDouble(args[i]);
    }
    Pictures pictures = new Pictures(32, "{\"samples\": 64}");
    try (Service service =
        Service.start(
            command,
            "--quiet",
            "--queue",
            "12",
            "--max-body",
            Integer.toString(MOST_MIB),
            "--arrival",
            Integer.toString(ARRIVAL),
            "--timeout",
            "60",
            "--cache",
            "8")) {
      boolean good = new Soak(service, pictures).run(minutes);
      service.terminate();
      int exit = service.exit(java.time.Duration.ofSeconds(60));
      say("exit code %d", exit);
      System.exit(good && exit == 0 ? 0 : 1);
    }
  }

  /** Native memory is what is in memory besides the heap. */
  private record State(
      long threads,
      long descriptors,
      double resident,
      double nativeMib,
      double heap,
      double buffers) {}

  private State state() throws IOException, InterruptedException {
    // Connections that nobody uses are closed after twice the time for a request.
    Thread.sleep(1000L * (2 * ARRIVAL + 3));
    double heap = service.heapMib();
    double resident = service.residentMib();
    return new State(
        service.threads(),
        service.descriptors(),
        resident,
        resident - service.committedMib(),
        heap,
        service.metric("jvm_buffer_pool_used_bytes") / (1 << 20));
  }

  private boolean run(double minutes) throws IOException, InterruptedException {
    List<Kind> kinds = kinds();
    // Until everything is compiled, and every buffer and thread that is kept is there.
    turn(kinds, Math.clamp(minutes * 60 / 6, 20, 180));
    State before = state();
    ends.clear();
    turn(kinds, minutes * 30);
    State half = state();
    turn(kinds, minutes * 30);
    State after = state();
    say("| clients | how it ended, and how often |");
    say("|---|---|");
    for (Kind kind : kinds) {
      Map<String, Integer> counts = new TreeMap<>();
      ends.forEach(
          (what, count) -> {
            if (what.startsWith(kind.name() + "\t")) {
              counts.put(what.substring(kind.name().length() + 1), count.get());
            }
          });
      say("| %s | %s |", kind.name(), counts.toString().replaceAll("[{}]", ""));
    }
    say("");
    say("| %.0f minutes | before | half | after |", minutes);
    say("|---|---:|---:|---:|");
    row("threads", State::threads, before, half, after);
    row("descriptors", State::descriptors, before, half, after);
    row("MiB in memory", State::resident, before, half, after);
    row("MiB in memory besides the heap", State::nativeMib, before, half, after);
    row("MiB of live objects", State::heap, before, half, after);
    row("MiB of direct buffers", State::buffers, before, half, after);
    wrong.forEach((what, count) -> say("soak: %d times: %s", count.get(), what));
    return wrong.isEmpty()
        & holds(after.threads() <= before.threads() + 4, "threads are left")
        & holds(after.descriptors() <= before.descriptors() + 4, "descriptors are left")
        // What the compiler makes in the first minutes is there for good; what leaks goes on.
        & holds(after.nativeMib() <= 1.05 * half.nativeMib() + 16, "memory is left")
        & holds(after.heap() <= 1.2 * before.heap() + 8, "objects are left")
        & holds(after.buffers() <= before.buffers() + 8, "buffers are left")
        & holds(service.metric("quicklime_admitted") == 0, "requests are left")
        & holds(service.metric("quicklime_bodies_bytes") == 0, "bodies are left");
  }

  private static void row(String name, ToDoubleFunction<State> value, State... states) {
    String all =
        Arrays.stream(states)
            .map(state -> String.format(Locale.ROOT, " %.0f |", value.applyAsDouble(state)))
            .collect(Collectors.joining());
    say("| %s |%s", name, all);
  }

  private static boolean holds(boolean condition, String otherwise) {
    if (!condition) {
      say("soak: %s", otherwise);
    }
    return condition;
  }

  private void turn(List<Kind> kinds, double seconds) throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> all = new ArrayList<>();
    for (Kind kind : kinds) {
      for (int c = 0; c < kind.clients(); c++) {
        Random random = new Random(c + 31L * kind.name().hashCode());
        all.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      while (!over.get()) {
                        once(kind, random);
                      }
                    }));
      }
    }
    Thread.sleep((long) (seconds * 1000));
    over.set(true);
    for (Thread one : all) {
      one.join();
    }
  }

  private void once(Kind kind, Random random) {
    String end;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.setSoTimeout(60_000);
      socket.setTcpNoDelay(true);
      end = kind.deed().run(socket, random);
    } catch (IOException e) {
      end = e.toString();
    }
    ends.computeIfAbsent(kind.name() + "\t" + end, _ -> new AtomicInteger()).incrementAndGet();
    if (!kind.expected().contains(end)) {
      wrong.computeIfAbsent(kind.name() + ": " + end, _ -> new AtomicInteger()).incrementAndGet();
    }
    pause(random.nextInt(200));
  }

  private List<Kind> kinds() {
    return List.of(
        new Kind("correct", 3, List.of("200", "429"), this::correct),
        new Kind("leave while they wait", 4, List.of("left"), this::leave),
        new Kind("write slowly", 4, List.of("408"), this::slow),
        new Kind("too large a body", 2, List.of("413"), this::large),
        new Kind("too many chunks", 2, List.of("413", "429"), this::chunks),
        new Kind("broken bodies", 2, List.of("400", "429"), this::broken),
        new Kind("no HTTP", 1, List.of("400"), this::nonsense),
        new Kind("half open", 6, List.of("left", "408", "429", "closed"), this::halfOpen),
        new Kind("leave events", 3, List.of("left", "429"), this::events));
  }

  private String body(Random random) {
    // Not of the cache alone.
    return Pictures.body(
        pictures.file(random.nextInt(pictures.count())),
        "{\"samples\": %s}".formatted(48 + random.nextInt(32)));
  }

  private static String head(String... headers) {
    return "POST "
        + PATH
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        + String.join("", Arrays.stream(headers).map(one -> one + "\r\n").toList())
        + "\r\n";
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String post(Socket socket, String body, String... headers) throws IOException {
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Content-Length: " + body.length();
    write(socket, head(all) + body);
    return status(socket);
  }

  /** The status of the answer that comes, which is read to its end. */
  private static String status(Socket socket) throws IOException {
    String head = head(socket);
    return head.length() < 12 ? head : head.substring(9, 12);
  }

  /** The head of the answer that comes, which is read to its end; or how it ended. */
  private static String head(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return head.isEmpty() ? "closed" : "half head";
      }
      head.append((char) next);
    }
    String length = head.toString().replaceAll("(?is).*\r\ncontent-length: *(\\d+).*", "$1");
    if (!length.startsWith("HTTP")) {
      int bytes = Integer.parseInt(length);
      if (in.readNBytes(bytes).length < bytes) {
        return "half answer";
      }
    }
    return head.toString();
  }

  private String correct(Socket socket, Random random) throws IOException {
    String last = "";
    for (int i = 0; i < 5; i++) {
      String body = body(random);
      write(socket, head("Content-Length: " + body.length()) + body);
      String head = head(socket);
      last = head.length() < 12 ? head : head.substring(9, 12);
      if (!last.equals("200") || head.toLowerCase(Locale.ROOT).contains("connection: close")) {
        break;
      }
    }
    return last;
  }

  private String leave(Socket socket, Random random) throws IOException {
    String body = body(random);
    write(socket, head("Content-Length: " + body.length()));
    int part = random.nextBoolean() ? body.length() : random.nextInt(body.length());
    write(socket, body.substring(0, part));
    pause(random.nextInt(400));
    reset(socket, random);
    return "left";
  }

  private static void reset(Socket socket, Random random) throws IOException {
    if (random.nextBoolean()) {
      socket.setSoLinger(true, 0);
    }
  }

  private String slow(Socket socket, Random random) throws IOException {
    String all = head("Content-Length: 5000") + body(random);
    socket.setSoTimeout(100);
    for (int i = 0; i < all.length(); i++) {
      try {
        write(socket, all.substring(i, i + 1));
      } catch (IOException e) {
        // It has been closed; what was said comes below.
        socket.setSoTimeout(1000);
      }
      try {
        return status(socket);
      } catch (SocketTimeoutException e) {
        // Nothing yet.
      }
    }
    return "all was taken";
  }

  private String large(Socket socket, Random random) throws IOException {
    write(socket, head("Content-Length: " + (MOST_MIB + 1 + random.nextInt(64)) * (1L << 20)));
    try {
      write(socket, " ".repeat(1 << 16));
    } catch (IOException e) {
      // The answer is there before the body.
    }
    return status(socket);
  }

  private String chunks(Socket socket, Random random) throws IOException {
    write(socket, head("Transfer-Encoding: chunked"));
    String chunk = "10000\r\n" + " ".repeat(1 << 16) + "\r\n";
    try {
      for (int i = 0; i < 16 * MOST_MIB + 2; i++) {
        write(socket, chunk);
      }
      write(socket, "0\r\n\r\n");
    } catch (IOException e) {
      // The answer may be there before the body.
    }
    return status(socket);
  }

  private String broken(Socket socket, Random random) throws IOException {
    String good = body(random);
    return post(
        socket,
        switch (random.nextInt(7)) {
          case 0 -> good.substring(0, random.nextInt(good.length()));
          case 1 -> good.replace("b64", "b65");
          case 2 -> good.replace("\"samples\"", "\"sample\"");
          case 3 -> "{\"instances\": [{\"image\": {\"b64\": \"%%%\"}}]}";
          case 4 -> "{\"instances\": [{\"image\": {\"b64\": \"iVBORw0KGgo=\"}}]}";
          case 5 -> "[".repeat(3000);
          default -> "{\"instances\": [[[1, 2], [3]]]}";
        },
        "Connection: close");
  }

  private String nonsense(Socket socket, Random random) throws IOException {
    write(socket, "\u0016\u0003\u0001 what is this\r\n\r\n");
    return status(socket);
  }

  private String halfOpen(Socket socket, Random random) throws IOException {
    switch (random.nextInt(3)) {
      case 0 -> {}
      case 1 -> write(socket, "POST ");
      default -> write(socket, head("Content-Length: 100") + "{");
    }
    if (random.nextInt(3) == 0) {
      socket.setSoTimeout(30_000);
      return status(socket);
    }
    pause(random.nextInt(3000));
    reset(socket, random);
    return "left";
  }

  private String events(Socket socket, Random random) throws IOException {
    String body = body(random);
    write(socket, head("Accept: text/event-stream", "Content-Length: " + body.length()) + body);
    byte[] some = new byte[256];
    int got = socket.getInputStream().read(some);
    String begin = new String(some, 0, Math.max(0, got), StandardCharsets.ISO_8859_1);
    if (begin.startsWith("HTTP/1.1 429")) {
      return "429";
    }
    pause(random.nextInt(100));
    reset(socket, random);
    return begin.startsWith("HTTP/1.1 200") ? "left" : begin;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }
}
