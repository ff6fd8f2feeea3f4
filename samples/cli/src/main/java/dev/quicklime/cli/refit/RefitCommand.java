package dev.quicklime.cli.refit;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.options.SurrogateFlags;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.Failures;
import dev.quicklime.cli.run.Interruption;
import dev.quicklime.files.StoredRun;
import dev.quicklime.surrogate.Shapley;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fits other surrogates to the samples of runs that were exported. */
@Command(
    name = "refit",
    description = {
      "Fits another surrogate to the samples of a run, without its model.",
      "A run is a run.npz of explain --export, or any .npz with masks [n, d], scores [n, classes]"
          + " and weights [n]. --surrogate all compares all surrogates in a table."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    usageHelpWidth = 100)
@InGroup(HelpGroup.OUTPUT)
public final class RefitCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN.npz|DIR",
      arity = "1..*",
      description = "Runs, or folders that hold a run.npz.")
  private List<Path> runs = new ArrayList<>();

  @Mixin private final SurrogateFlags surrogate = new SurrogateFlags();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes all fits with all their numbers (default: none).")
  private @Nullable Path json;

  @Option(
      names = "--paths",
      description = "Adds the knots of the Lasso and LARS paths to the JSON (default: no).")
  private boolean paths;

  @Override
  public Integer call() throws IOException {
    if (paths && json == null) {
      throw new InvalidInputException("--paths goes with --json, which takes the knots");
    }
    if (!surrogate.all()) {
      // Before anything is read: what is wrong with it is wrong for every run.
      if (surrogate.surrogate() instanceof Shapley) {
        throw new InvalidInputException(
            "--surrogate shapley cannot be fitted again, as a run does not say what its samples"
                + " were drawn by; explain the picture again with it");
      }
    }
    PrintWriter text = spec.commandLine().getOut();
    RefitJson report = new RefitJson(paths);
    try (Interruption interruption = Interruption.guard()) {
      try {
        for (Path named : runs) {
          Path file = StoredRun.fileAt(named);
          StoredRun run = StoredRun.read(file);
          RefitRun refit = new RefitRun(file, run);
          if (surrogate.all()) {
            RefitRun.Norms radii = refit.halfNorms(surrogate.intercept());
            refit.fit(surrogate.ofEach(radii.l1(), radii.l2()), true);
          } else {
            refit.fit(List.of(surrogate.surrogate()), false);
          }
          new RefitTable(refit).print(text, surrogate.all());
          text.flush();
          report.add(refit);
        }
      } catch (RuntimeException e) {
        if (interruption.ending()) {
          return Failures.INTERRUPTED;
        }
        throw e;
      }
    }
    if (json != null) {
      report.write(json);
    }
    return ExitCode.OK;
  }
}
