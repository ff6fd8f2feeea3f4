package dev.quicklime.cli.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.Explainer;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.Failures;
import dev.quicklime.cli.run.Interruption;
import dev.quicklime.cli.run.OutputFolder;
import dev.quicklime.cli.run.Pictures;
import dev.quicklime.report.profile.ResultFile;
import dev.quicklime.scenes.Bundled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Compares designs and numbers of samples by how faithful explanations from them are. */
@Command(
    name = "profile",
    description = {
      "Says how many samples a faithful explanation needs: fits from few samples, for designs,"
          + " numbers of samples and seeds, against a converged one.",
      "The results grow in OUT/profile.csv; a profile that was interrupted goes on from there when"
          + " it is started again with the same options."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    usageHelpWidth = 100)
public final class ProfileCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private final ProfileFlags flags = new ProfileFlags();

  @Override
  public Integer call() throws IOException {
    ProfileFlags.settle(spec);
    ProfilePlan plan = flags.plan();
    if (plan.pictures().isEmpty()) {
      plan = plan.with(pictures());
    }
    OutputFolder.at(flags.out());
    ProfileFolder folder = new ProfileFolder(flags.out(), flags.settings(plan));
    folder.requireSame();
    ObjectNode provenance;
    List<Exception> failures;
    ResultFile results;
    try (Interruption interruption = Interruption.guard();
        Explainer explainer = flags.open()) {
      results = folder.begin(plan);
      try {
        failures = new ProfileRun(plan, explainer, results).measure();
      } catch (CancellationException | IOException e) {
        if (!(e instanceof CancellationException) && !interruption.ending()) {
          throw e;
        }
        return interrupted(folder, results);
      } catch (RuntimeException e) {
        if (interruption.ending()) {
          return interrupted(folder, results);
        }
        throw e;
      }
      provenance = ProfileFolder.provenance(explainer.classifier().info());
    }
    folder.show(plan, results, provenance, spec.commandLine().getOut());
    int code = ExitCode.OK;
    for (Exception failure : failures) {
      code = Math.max(code, Failures.configured().report(failure, spec.commandLine()));
    }
    return code;
  }

  private int interrupted(ProfileFolder folder, ResultFile results) {
    folder.tellHowToGoOn(results, spec.commandLine().getErr());
    return Failures.INTERRUPTED;
  }

  private Map<String, ProfilePicture> pictures() throws IOException {
    List<Path> named = flags.named().stream().map(Path::of).toList();
    return ProfilePicture.files(
        named.isEmpty()
            ? Bundled.pictures()
            : Pictures.of(named, Pictures.told(spec.commandLine(), false)));
  }
}
