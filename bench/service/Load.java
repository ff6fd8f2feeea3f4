import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What many clients at once get of a service, beside the engine alone: see load.sh. */
final class Load {

  private static final int ROUNDS = 4;
  private static final int PICTURES = 256;
  private static final int COMPARED = 16;
  private static final double TOLERANCE = 1e-3;
  private static final String SAMPLES = "64";

  /** Fixed, since what is chosen by measuring could differ between two processes. */
  private static final String[] MODEL = {"--precision", "fp32", "--batch", "32"};

  private final double seconds;
  private final int connections;
  private final String threads;
  private final double least;

  private Load(double seconds, int connections, String threads, double least) {
    this.seconds = seconds;
    this.connections = connections;
    this.threads = threads;
    this.least = least;
  }

  /** Seconds of processor time of this process. */
  static double cpuSeconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  public static void main(String[] args) throws Exception {
    double seconds = 60;
    int connections = 1000;
    String threads = "auto";
    double least = 0.85;
    List<String> command = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--seconds" -> seconds = Double.parseDouble(args[++i]);
        case "--connections" -> connections = Integer.parseInt(args[++i]);
        case "--threads" -> threads = args[++i];
        case "--least" -> least = Double.parseDouble(args[++i]);
        case "--" -> {
          command.addAll(Arrays.asList(args).subList(i + 1, args.length));
          i = args.length;
        }
        default -> throw new IllegalArgumentException("unknown argument " + args[i]);
      }
    }
    System.exit(new Load(seconds, connections, threads, least).run(command) ? 0 : 1);
  }

  private boolean run(List<String> command) throws Exception {
    int workers = Math.min(8, Runtime.getRuntime().availableProcessors());
    Pictures pictures =
        new Pictures(Math.min(PICTURES, connections), "{\"samples\": %s}".formatted(SAMPLES));
    List<String> model = new ArrayList<>(List.of(MODEL));
    model.addAll(List.of("--threads", threads));
    List<String> bareArgs = new ArrayList<>(List.of("--samples", SAMPLES));
    bareArgs.addAll(model);
    List<String> serveArgs =
        new ArrayList<>(List.of("--quiet", "--cache", "0", "--workers", Integer.toString(workers)));
    serveArgs.addAll(model);
    try (Bare bare = new Bare(workers, bareArgs.toArray(String[]::new));
        Service service = Service.start(command, serveArgs.toArray(String[]::new))) {
      double[][] expected = expected(bare, pictures, workers);
      try (Clients clients =
          new Clients(
              service.port(),
              connections,
              pictures,
              (picture, body, from, to) -> wrong(expected, picture, body, from, to))) {
        return measure(service, bare, pictures, clients);
      }
    }
  }

  private boolean measure(Service service, Bare bare, Pictures pictures, Clients clients)
      throws IOException, InterruptedException {
    // Until everything is compiled: the bare engine has explained every picture by now, for what is
    // expected, and
    // what is set beside it must not have compiled less.
    while (clients.explained() < pictures.count()) {
      if (clients.run(Math.max(5, seconds / 6)) == 0) {
        clients.wrong().forEach((what, count) -> say("%d times: %s", count, what));
        throw new IllegalStateException("the service has explained nothing");
      }
    }
    bare.run(pictures, 0, Math.max(2, seconds / 12));
    int from = clients.explained();
    long askedBefore = clients.asked();
    long refusedBefore = clients.refused();
    double heap = service.heapMib();
    double resident = service.residentMib();
    double outside = resident - service.committedMib();
    double buffers = service.metric("jvm_buffer_pool_used_bytes") / (1 << 20);
    double turn = seconds / ROUNDS;
    double served = 0;
    double serviceCpu = 0;
    double clientsCpu = 0;
    long bareDone = 0;
    double bareSeconds = 0;
    double bareCpu = 0;
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      double cpu = service.cpuSeconds();
      double own = cpuSeconds();
      int done = clients.run(turn);
      serviceCpu += service.cpuSeconds() - cpu;
      clientsCpu += cpuSeconds() - own;
      served += done;
      Bare.Turn alone = bare.run(pictures, round * 37, turn);
      bareDone += alone.explanations();
      bareSeconds += alone.seconds();
      bareCpu += alone.cpu();
      ratios[round] = done / turn / (alone.explanations() / alone.seconds());
    }
    int explained = clients.explained() - from;
    Thread.sleep(2000);
    double heapAfter = service.heapMib();
    double residentAfter = service.residentMib();
    double outsideAfter = residentAfter - service.committedMib();
    double buffersAfter = service.metric("jvm_buffer_pool_used_bytes") / (1 << 20);
    Arrays.sort(ratios);
    double ratio = (ratios[ROUNDS / 2 - 1] + ratios[ROUNDS / 2]) / 2;
    long refused = clients.refused() - refusedBefore;
    long asked = clients.asked() - askedBefore;
    say(
        "| %d connections, %.0f s, %s samples | service | bare engine | ratio |",
        connections, seconds, SAMPLES);
    say("|---|---:|---:|---:|");
    say(
        "| explanations a second | %.1f | %.1f | %.2f (%.2f to %.2f) |",
        served / seconds, bareDone / bareSeconds, ratio, ratios[0], ratios[ROUNDS - 1]);
    say(
        "| ms of processors for one | %.2f | %.2f | %.2f |",
        1000 * serviceCpu / explained,
        1000 * bareCpu / bareDone,
        bareCpu / bareDone / (serviceCpu / explained));
    say("");
    say(
        "| requests | explained | refused by 429 | all else | p50, s | p99, s | clients' processor"
            + " time, s |");
    say("|---:|---:|---:|---:|---:|---:|---:|");
    int wrong = clients.wrong().values().stream().mapToInt(Integer::intValue).sum();
    say(
        "| %d | %d | %d | %d | %.3f | %.3f | %.1f |",
        asked,
        explained,
        refused,
        wrong,
        clients.quantile(0.5, from),
        clients.quantile(0.99, from),
        clientsCpu);
    say("");
    say("| MiB of the service | before | after |");
    say("|---|---:|---:|");
    say("| in memory | %.0f | %.0f |", resident, residentAfter);
    say("| in memory besides the heap | %.0f | %.0f |", outside, outsideAfter);
    say("| live objects | %.1f | %.1f |", heap, heapAfter);
    say("| direct buffers | %.1f | %.1f |", buffers, buffersAfter);
    clients.wrong().forEach((what, count) -> say("%d times: %s", count, what));
    boolean good = true;
    good &= holds(wrong == 0, "every request must be answered by its explanation or by 429");
    good &= holds(asked == explained + refused, "every request must be answered once");
    good &=
        holds(
            outsideAfter < 1.1 * outside + 32 && heapAfter < 1.2 * heap + 8,
            "memory must be as before");
    good &=
        holds(ratio >= least, "the service must reach %.2f of the bare engine".formatted(least));
    return good;
  }

  private static boolean holds(boolean condition, String what) {
    if (!condition) {
      say("load: %s", what);
    }
    return condition;
  }

  private static void say(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }

  /** The first coefficients of each picture, by the engine alone. */
  private static double[][] expected(Bare bare, Pictures pictures, int threads)
      throws InterruptedException {
    double[][] all = new double[pictures.count()][];
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < all.length; i++) {
        int picture = i;
        pool.execute(
            () -> {
              JsonNode list = bare.explain(pictures.file(picture)).at("/classes/0/coefficients");
              double[] values = new double[Math.min(COMPARED, list.size())];
              for (int k = 0; k < values.length; k++) {
                values[k] = list.get(k).asDouble();
              }
              all[picture] = values;
            });
      }
    }
    int alike = 0;
    for (int i = 0; i < all.length; i++) {
      for (int j = 0; j < i; j++) {
        if (all[i] == null || all[j] == null) {
          throw new IllegalStateException("an explanation failed");
        }
        if (same(all[i], all[j])) {
          alike++;
        }
      }
    }
    if (alike > 0) {
      say("%d pairs of pictures have explanations that cannot be told apart", alike);
    }
    return all;
  }

  private static boolean same(double[] one, double[] other) {
    if (one.length != other.length) {
      return false;
    }
    for (int k = 0; k < one.length; k++) {
      if (!(Math.abs(one[k] - other[k]) <= TOLERANCE * (1 + Math.abs(one[k])))) {
        return false;
      }
    }
    return true;
  }

  private static final byte[] NAME = "\"coefficients\":[".getBytes(StandardCharsets.US_ASCII);

  private static String wrong(double[][] expected, int picture, byte[] body, int from, int to) {
    int at = find(body, from, to);
    if (at < 0) {
      return "an answer without coefficients";
    }
    double[] got = new double[expected[picture].length];
    for (int k = 0; k < got.length; k++) {
      int end = at;
      while (end < to && body[end] != ',' && body[end] != ']') {
        end++;
      }
      got[k] = Double.parseDouble(new String(body, at, end - at, StandardCharsets.US_ASCII));
      at = end + 1;
    }
    return same(expected[picture], got) ? "" : "an answer that is another picture's";
  }

  private static int find(byte[] body, int from, int to) {
    for (int i = from; i + NAME.length < to; i++) {
      if (Arrays.equals(body, i, i + NAME.length, NAME, 0, NAME.length)) {
        return i + NAME.length;
      }
    }
    return -1;
  }
}
