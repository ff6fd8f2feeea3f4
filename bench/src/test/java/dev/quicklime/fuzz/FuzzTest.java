package dev.quicklime.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reader reads or refuses what a seeded mutator makes of whole files: a few hundred inputs
 * each here, and by {@code bench/fuzz.sh} many thousands in a small heap.
 */
class FuzzTest {

  private static final int INPUTS = Integer.getInteger("dev.quicklime.fuzz.inputs", 300);
  private static final long SEED = Long.getLong("dev.quicklime.fuzz.seed", 18);

  @TempDir Path folder;

  static List<FuzzTarget> targets() {
    return FuzzTargets.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void shouldReadOrRefuseWhateverAFileHolds(FuzzTarget target)
      throws IOException, InterruptedException {
    for (byte[] whole : target.seeds()) {
      target.reader().read(Files.write(folder.resolve(target.file()), whole));
    }
    FuzzRun.Counts counts = new FuzzRun(target, SEED, folder).run(INPUTS);
    // Else either nothing was changed or nothing got as far as the reader.
    assertTrue(counts.read() > 0, "none was read");
    assertTrue(
        counts.refused() > 0
            || target.name().equals("kind of model")
            || target.name().equals("batches"),
        "none was refused");
    String table = System.getProperty("dev.quicklime.fuzz.table");
    if (table != null) {
      Files.writeString(
          Path.of(table),
          String.format(
              Locale.ROOT,
              "| %s | %,d | %,d | %,d |%n",
              target.name(),
              INPUTS,
              counts.read(),
              counts.refused()),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }
}
