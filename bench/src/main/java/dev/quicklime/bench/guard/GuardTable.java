package dev.quicklime.bench.guard;

import dev.quicklime.bench.jmh.Measured;
import dev.quicklime.bench.results.Digits;
import dev.quicklime.bench.results.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The verdicts as people read them. */
final class GuardTable {

  private static final List<String> HEAD =
      List.of(
          "path",
          "yardstick",
          "ratio",
          "budget",
          "vs scalar",
          "budget",
          "time",
          "B/op",
          "budget",
          "verdict");

  private GuardTable() {}

  static List<String> lines(List<PathVerdict> verdicts) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    verdicts.forEach(verdict -> rows.add(row(verdict)));
    return TextTable.lines(rows);
  }

  private static List<String> row(PathVerdict verdict) {
    Budget budget = verdict.budget();
    Double toScalar = verdict.toScalar();
    Double scalarLimit = verdict.scalarLimit();
    return List.of(
        budget.path(),
        yardstick(budget),
        "%s (%s-%s)"
            .formatted(
                Digits.of(verdict.ratio()), Digits.of(verdict.least()), Digits.of(verdict.most())),
        limit(budget.yardstick().ratio(), budget),
        toScalar == null ? "-" : Digits.of(toScalar),
        scalarLimit == null ? "-" : limit(scalarLimit, budget),
        time(verdict.nanos()),
        String.format(Locale.ROOT, "%.1f", verdict.bytes()),
        bytes(budget),
        words(verdict));
  }

  private static String limit(double ratio, Budget budget) {
    return String.format(Locale.ROOT, "%s +%.0f%%", Digits.of(ratio), budget.tolerance() * 100);
  }

  private static String bytes(Budget budget) {
    Double most = budget.bytes();
    return budget.kernel() ? "0" : most == null ? "-" : limit(most, budget);
  }

  /** Its method, or the values by which it differs where it is the same benchmark. */
  private static String yardstick(Budget budget) {
    Measured yardstick = budget.yardstick().other();
    String name = yardstick.benchmark();
    if (!name.equals(budget.subject().benchmark())) {
      return name.substring(name.lastIndexOf('.') + 1);
    }
    return yardstick.params().entrySet().stream()
        .filter(param -> !param.getValue().equals(budget.subject().params().get(param.getKey())))
        .map(param -> param.getKey() + " " + param.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String words(PathVerdict verdict) {
    String chance = verdict.chance().words();
    String said =
        verdict.passed()
            ? "ok " + chance
            : "FAILED "
                + chance
                + ": "
                + verdict.faults().stream()
                    .sorted()
                    .map(Fault::words)
                    .collect(Collectors.joining(", "));
    if (!verdict.judged()) {
      said +=
          "; ratios not judged, only on "
              + verdict.budget().machines().stream()
                  .map(MachineClass::word)
                  .sorted()
                  .collect(Collectors.joining(", "));
    }
    return said;
  }

  private static String time(double nanos) {
    if (nanos < 1e3) {
      return Digits.of(nanos) + " ns";
    }
    if (nanos < 1e6) {
      return Digits.of(nanos / 1e3) + " µs";
    }
    return nanos < 1e9 ? Digits.of(nanos / 1e6) + " ms" : Digits.of(nanos / 1e9) + " s";
  }
}
