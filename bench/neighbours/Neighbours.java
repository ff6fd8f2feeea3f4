import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Forward passes beside busy processes, by how threads wait for each other: see neighbours.sh. */
final class Neighbours {

  /** What says how threads of OpenMP wait; none of it is taken over from the environment. */
  private static final List<String> VARIABLES =
      List.of("OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "KMP_BLOCKTIME");

  /** What libgomp does by itself, said aloud so that Quicklime leaves it alone. */
  private static final String SPINNING = "GOMP_SPINCOUNT=300000";

  private static final String OURS = "Quicklime's";

  /** Most times of the quiet machine, by busy processes. */
  private static final Map<Integer, Double> MOST = Map.of(2, 3.0, 4, 5.0, 8, 8.0);

  /** Least of the speed of spinning threads on a quiet machine. */
  private static final double LEAST_QUIET = 0.97;

  private static final List<String> BUNDLED =
      List.of("--samples", "1000", "--precision", "fp32", "--batch", "32");

  private Neighbours() {}

  public static void main(String[] args) throws Exception {
    List<Integer> counts = List.of(0, 2, 4, 8);
    int turns = 5;
    String stage = "FORWARD";
    List<String> policies = new ArrayList<>(List.of(SPINNING, OURS));
    List<String> options = new ArrayList<>();
    for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
      switch (args[i]) {
        case "--neighbours" ->
            counts = Arrays.stream(args[++i].split(",")).map(Integer::valueOf).toList();
        case "--turns" -> turns = Integer.parseInt(args[++i]);
        case "--stage" -> stage = args[++i].toUpperCase(Locale.ROOT);
        case "--policy" -> policies.add(args[++i]);
        default -> options.add(args[i]);
      }
    }
    List<Runner> runners = new ArrayList<>();
    try {
      for (String policy : policies) {
        runners.add(Runner.start(policy, stage, options.isEmpty() ? BUNDLED : options));
      }
      System.out.println("stage: " + stage.toLowerCase(Locale.ROOT));
      System.exit(compare(runners, counts, turns) ? 0 : 1);
    } finally {
      runners.forEach(Runner::close);
    }
  }

  private static boolean compare(List<Runner> runners, List<Integer> counts, int turns)
      throws Exception {
    boolean well = true;
    double[] alone = new double[runners.size()];
    System.out.println("Milliseconds of four pictures, median (fastest) of " + turns + " turns:");
    System.out.printf(Locale.ROOT, "%-6s", "busy");
    runners.forEach(runner -> System.out.printf(Locale.ROOT, "  %-30s", runner.policy()));
    System.out.println();
    for (int count : counts) {
      double[][] millis = new double[runners.size()][turns];
      List<Process> busy = busy(count);
      try {
        for (int turn = 0; turn < turns; turn++) {
          for (int r = 0; r < runners.size(); r++) {
            int turned = turn % 2 == 0 ? r : runners.size() - 1 - r;
            millis[turned][turn] = runners.get(turned).passes();
          }
        }
      } finally {
        busy.forEach(Process::destroyForcibly);
      }
      for (Process process : busy) {
        process.waitFor();
      }
      System.out.printf(Locale.ROOT, "%-6s", count);
      for (int r = 0; r < runners.size(); r++) {
        Arrays.sort(millis[r]);
        double median = millis[r][turns / 2];
        alone[r] = count == 0 ? median : alone[r];
        System.out.printf(
            Locale.ROOT,
            "  %-30s",
            "%s (%s)".formatted(Math.round(median), Math.round(millis[r][0]))
                + (count == 0 ? "" : String.format(Locale.ROOT, "  %.1f x", median / alone[r])));
        if (runners.get(r).policy().equals(OURS)) {
          well &= judge(count, median, alone[r], millis[0][turns / 2], millis[r][0] / millis[0][0]);
        }
      }
      System.out.println();
    }
    System.out.println(well ? "all is well" : "neighbours: more than is wanted");
    return well;
  }

  private static boolean judge(
      int count, double median, double alone, double spinning, double fastest) {
    return count == 0
        ? Math.max(spinning / median, 1 / fastest) >= LEAST_QUIET
        : median / alone <= MOST.getOrDefault(count, Double.POSITIVE_INFINITY);
  }

  private static List<Process> busy(int count) throws Exception {
    List<Process> busy = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Process process = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      busy.add(process);
    }
    Thread.sleep(500);
    return busy;
  }

  /** A process that explains when it is told to. */
  private record Runner(String policy, Process process, BufferedReader out, PrintStream in) {

    static Runner start(String policy, String stage, List<String> options) throws IOException {
      List<String> line = new ArrayList<>();
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .filter(argument -> !argument.startsWith("--add-modules=ALL-DEFAULT"))
          .forEach(line::add);
      line.addAll(List.of("-cp", System.getProperty("java.class.path")));
      line.addAll(List.of("bench/neighbours/Passes.java", stage));
      line.addAll(options);
      ProcessBuilder builder =
          new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
      VARIABLES.forEach(builder.environment()::remove);
      if (!policy.equals(OURS)) {
        String[] parts = policy.split("=", 2);
        builder.environment().put(parts[0], parts.length > 1 ? parts[1] : "");
      }
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      Runner runner =
          new Runner(
              policy,
              process,
              process.inputReader(StandardCharsets.UTF_8),
              new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8));
      if (!"ready".equals(runner.out.readLine())) {
        throw new IOException("the process that explains did not get ready");
      }
      return runner;
    }

    double passes() {
      in.println();
      try {
        return Double.parseDouble(out.readLine());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void close() {
      process.destroyForcibly();
    }
  }
}
