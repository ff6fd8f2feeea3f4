import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A service in a process of its own at a free port, and what the system says of the process. */
final class Service implements AutoCloseable {

  private static final Pattern PORT =
      Pattern.compile("serving .* at http://127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final Pattern COMMITTED = Pattern.compile("total (\\d+)K");
  private static final double TICKS = 100;

  private final Process process;
  private final int port;
  private final long readyMillis;

  private Service(Process process, int port, long readyMillis) {
    this.process = process;
    this.port = port;
    this.readyMillis = readyMillis;
  }

  /**
   * Starts it, and waits until it is ready.
   *
   * @param command what the command line begins with; {@code serve} and a port are added
   */
  static Service start(List<String> command, String... more) throws IOException {
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of("serve", "--port", "0"));
    line.addAll(List.of(more));
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String said = out.readLine(); said != null; said = out.readLine()) {
      Matcher found = PORT.matcher(said);
      if (found.find()) {
        int port = Integer.parseInt(found.group(1));
        while (status(port, "/v2/health/ready") != 200) {
          Thread.onSpinWait();
        }
        Service service =
            new Service(process, port, Duration.ofNanos(System.nanoTime() - start).toMillis());
        Thread.ofPlatform().daemon().start(() -> drain(out));
        return service;
      }
    }
    throw new IOException("the service has not started");
  }

  private static void drain(BufferedReader out) {
    try {
      while (out.readLine() != null) {
        // Nobody wants to know.
      }
    } catch (IOException e) {
      // It has ended.
    }
  }

  private static int status(int port, String path) throws IOException {
    HttpURLConnection asked =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    try {
      return asked.getResponseCode();
    } finally {
      asked.disconnect();
    }
  }

  int port() {
    return port;
  }

  /** From starting the launcher until the service said that it is ready. */
  long readyMillis() {
    return readyMillis;
  }

  boolean alive() {
    return process.isAlive();
  }

  /** What a route answers. */
  int status(String path) throws IOException {
    return status(port, path);
  }

  /** A number of the metrics; NaN where there is none. */
  double metric(String name) throws IOException {
    String text;
    try (var in = URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return text.lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  private Path proc(String name) {
    return Path.of("/proc", Long.toString(process.pid()), name);
  }

  private long field(String name) throws IOException {
    try (Stream<String> lines = Files.lines(proc("status"))) {
      return lines
          .filter(line -> line.startsWith(name + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Mebibytes of the process in memory. */
  double residentMib() throws IOException {
    return field("VmRSS") / 1024.0;
  }

  /** Threads of the system, those of native code included. */
  long threads() throws IOException {
    return field("Threads");
  }

  /** Open files, sockets included. */
  long descriptors() throws IOException {
    try (Stream<Path> files = Files.list(proc("fd"))) {
      return files.count();
    }
  }

  /** Seconds of processor time since the start. */
  double cpuSeconds() throws IOException {
    String text = Files.readString(proc("stat"));
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
  }

  /** Mebibytes of live objects, after a collection. */
  double heapMib() throws IOException, InterruptedException {
    jcmd("GC.run");
    return heap(USED);
  }

  /** Mebibytes that the heap has of the system. */
  double committedMib() throws IOException, InterruptedException {
    return heap(COMMITTED);
  }

  private double heap(Pattern number) throws IOException, InterruptedException {
    // Metaspace, which comes behind the heap, is of classes.
    String heap = jcmd("GC.heap_info").split("Metaspace")[0];
    Matcher used = number.matcher(heap);
    double sum = 0;
    while (used.find()) {
      sum += Long.parseLong(used.group(1));
    }
    return sum / 1024;
  }

  private String jcmd(String what) throws IOException, InterruptedException {
    Process asked =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                what)
            .redirectErrorStream(true)
            .start();
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asked.waitFor();
    return said;
  }

  /** Asks it to end, as systems do. */
  void terminate() {
    process.destroy();
  }

  /** Ends it without asking. */
  void kill() {
    process.destroyForcibly();
  }

  /** Its exit code, once it has ended. */
  int exit(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("the service has not ended within " + atMost);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
