package dev.quicklime.bench.jmh;

import dev.quicklime.InvalidInputException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * All benchmarks on the class path, as JMH's annotation processor listed them.
 *
 * @param all by name
 */
public record Catalogue(SortedMap<String, Known> all) {

  /** Copies the benchmarks. */
  public Catalogue {
    all = Collections.unmodifiableSortedMap(new TreeMap<>(all));
  }

  /** Reads the lists of all jars and folders of the class path. */
  public static Catalogue read() {
    SortedMap<String, Known> all = new TreeMap<>();
    for (BenchmarkListEntry entry : BenchmarkList.defaultList().getAll(silence(), List.of())) {
      all.put(entry.getUsername(), known(entry));
    }
    return new Catalogue(all);
  }

  private static Known known(BenchmarkListEntry entry) {
    Map<String, List<String>> params = new TreeMap<>();
    if (entry.getParams().hasValue()) {
      entry.getParams().get().forEach((name, values) -> params.put(name, List.of(values)));
    }
    boolean ownJvm =
        entry.getJvmArgs().hasValue()
            || entry.getJvmArgsAppend().hasValue()
            || entry.getJvmArgsPrepend().hasValue();
    return new Known(entry.getUsername(), params, ownJvm);
  }

  /**
   * Finds a benchmark.
   *
   * @param name class and method; packages may be left out where no other is called so
   * @throws InvalidInputException if there is none, or more than one
   */
  public Known find(String name) {
    Known exact = all.get(name);
    if (exact != null) {
      return exact;
    }
    List<Known> found =
        all.values().stream().filter(known -> known.name().endsWith("." + name)).toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new InvalidInputException(
        found.isEmpty()
            ? "there is no benchmark " + name
            : name + " may mean " + String.join(" or ", found.stream().map(Known::name).toList()));
  }

  /** Those whose name fits. */
  public List<Known> matching(Predicate<String> name) {
    return all.values().stream().filter(known -> name.test(known.name())).toList();
  }

  /** Where JMH may write what nobody reads. */
  static OutputFormat silence() {
    return OutputFormatFactory.createFormatInstance(
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        VerboseMode.SILENT);
  }
}
