import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How services start and end: see ends.sh. */
final class Ends {

  private static final int STARTS = 5;
  private static final int GRACE = 30;

  private final List<String> command;
  private final Path work;
  private final int connections;
  private final Pictures pictures = new Pictures(32, "{\"samples\": 64}");
  private boolean good = true;

  private Ends(List<String> command, Path work, int connections) {
    this.command = command;
    this.work = work;
    this.connections = connections;
  }

  public static void main(String[] args) throws Exception {
    int connections = 500;
    Path work = Path.of(args[0]);
    List<String> command = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      if (args[i].equals("--")) {
        command.addAll(Arrays.asList(args).subList(i + 1, args.length));
        break;
      }
      connections = Integer.parseInt(args[i]);
    }
    Ends ends = new Ends(command, work, connections);
    ends.start();
    ends.terminate();
    ends.kill();
    ends.two();
    System.exit(ends.good ? 0 : 1);
  }

  private Service service(String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of("--quiet", "--cache", "0"));
    all.addAll(List.of(more));
    return Service.start(command, all.toArray(String[]::new));
  }

  private void start() throws IOException, InterruptedException {
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i <= STARTS; i++) {
      try (Service service = service()) {
        // The first fills the caches.
        if (i > 0) {
          millis.add(service.readyMillis());
        }
        service.terminate();
        holds(service.exit(Duration.ofSeconds(60)) == 0, "an idle service must end with 0");
      }
    }
    millis.sort(null);
    say(
        "start to ready: %d ms (%d to %d of %d starts)",
        millis.get(STARTS / 2), millis.getFirst(), millis.getLast(), STARTS);
  }

  private void terminate() throws IOException, InterruptedException {
    Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    CountDownLatch asked = new CountDownLatch(connections);
    try (Service service = service("--grace", Integer.toString(GRACE))) {
      List<Thread> clients = new ArrayList<>();
      for (int c = 0; c < connections; c++) {
        int first = c;
        clients.add(Thread.startVirtualThread(() -> ask(service.port(), first, answers, asked)));
      }
      asked.await(120, TimeUnit.SECONDS);
      long start = System.nanoTime();
      service.terminate();
      String ready = "gone";
      try {
        for (int i = 0; i < 1000 && (ready.equals("gone") || ready.equals("200")); i++) {
          ready = Integer.toString(service.status("/v2/health/ready"));
        }
      } catch (IOException e) {
        // It has ended already.
        ready += ", " + e;
      }
      int exit = service.exit(Duration.ofSeconds(GRACE + 30));
      double seconds = (System.nanoTime() - start) / 1e9;
      for (Thread client : clients) {
        client.join();
      }
      say(
          "SIGTERM with %d connections: ready says %s, exit code %d after %.1f s, answers %s",
          connections, ready, exit, seconds, answers);
      holds(exit == 0, "the exit code must be 0");
      holds(ready.equals("503"), "readiness must be false while it ends");
      holds(seconds < GRACE + 6, "it must end within the grace time");
      holds(
          Set.of("200", "429", "503").containsAll(answers.keySet()),
          "every request that was taken must be answered");
    }
  }

  /** Asks until it is told that the service ends. */
  private void ask(int port, int first, Map<String, AtomicInteger> answers, CountDownLatch asked) {
    String last = "";
    int next = first;
    while (!last.equals("503")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(120_000);
        boolean open = true;
        while (open) {
          last = "cut";
          ByteBuffer request = pictures.request(next++ % pictures.count());
          byte[] bytes = new byte[request.remaining()];
          request.get(bytes);
          socket.getOutputStream().write(bytes);
          String head = head(socket.getInputStream());
          last = head.length() < 12 ? "no answer" : head.substring(9, 12);
          int length =
              Integer.parseInt(head.replaceAll("(?is).*\r\ncontent-length: *(\\d+).*", "$1"));
          if (socket.getInputStream().readNBytes(length).length < length) {
            last = "half an answer";
          }
          open = !head.toLowerCase(Locale.ROOT).contains("connection: close");
          answers.computeIfAbsent(last, _ -> new AtomicInteger()).incrementAndGet();
          asked.countDown();
          if (last.equals("429")) {
            Thread.sleep(500);
          }
        }
      } catch (ConnectException e) {
        // Not taken.
        return;
      } catch (IOException | NumberFormatException e) {
        answers.computeIfAbsent(last + ", " + e, _ -> new AtomicInteger()).incrementAndGet();
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private void kill() throws IOException, InterruptedException {
    Set<String> before;
    try (Service service = service()) {
      explain(service, "a service");
      before = files();
      service.terminate();
      service.exit(Duration.ofSeconds(60));
    }
    int killed = 0;
    for (int i = 0; i < 3; i++) {
      try (Service service = service()) {
        CountDownLatch asked = new CountDownLatch(20);
        for (int c = 0; c < 50; c++) {
          int first = c;
          Thread.startVirtualThread(
              () -> ask(service.port(), first, new ConcurrentHashMap<>(), asked));
        }
        asked.await(60, TimeUnit.SECONDS);
        service.kill();
        service.exit(Duration.ofSeconds(10));
        killed++;
      }
    }
    try (Service service = service()) {
      explain(service, "a service after one that was killed");
      service.terminate();
      holds(service.exit(Duration.ofSeconds(60)) == 0, "the exit code must be 0");
    }
    Set<String> left = new TreeSet<>(files());
    left.removeAll(before);
    say("%d services were killed under load; the next one answers; files left: %s", killed, left);
    holds(left.isEmpty(), "a killed service must leave nothing");
  }

  private void two() throws Exception {
    for (Path file : all()) {
      if (!Files.isDirectory(file)) {
        Files.delete(file);
      }
    }
    List<Service> both = java.util.Collections.synchronizedList(new ArrayList<>());
    List<Thread> starts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      starts.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  both.add(service());
                } catch (IOException e) {
                  say("ends: %s", e);
                }
              }));
    }
    for (Thread start : starts) {
      start.join();
    }
    holds(both.size() == 2, "two services must start at once");
    for (Service one : both) {
      try (one) {
        explain(one, "each of two services");
      }
    }
    say("two services with one cache folder, empty at first: %d answer", both.size());
  }

  private void explain(Service service, String who) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      ByteBuffer request = pictures.request(0);
      byte[] bytes = new byte[request.remaining()];
      request.get(bytes);
      socket.getOutputStream().write(bytes);
      holds(head(socket.getInputStream()).startsWith("HTTP/1.1 200"), who + " must answer");
    }
  }

  /** All files of its caches and for what is temporary, deepest first. */
  private List<Path> all() throws IOException {
    try (Stream<Path> files = Files.walk(work)) {
      return files.filter(file -> !file.equals(work)).sorted((a, b) -> b.compareTo(a)).toList();
    }
  }

  private Set<String> files() throws IOException {
    return all().stream()
        .filter(Files::isRegularFile)
        .map(file -> work.relativize(file).toString())
        // The JVM's own, which the next one takes away.
        .filter(file -> !file.contains("hsperfdata"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void holds(boolean condition, String what) {
    if (!condition) {
      good = false;
      say("ends: %s", what);
    }
  }

  private static void say(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }
}
