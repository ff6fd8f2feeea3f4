package dev.quicklime.spark.profile;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.profile.ProfileFlags;
import dev.quicklime.cli.profile.ProfileFolder;
import dev.quicklime.cli.profile.ProfilePicture;
import dev.quicklime.cli.profile.ProfilePlan;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.Failures;
import dev.quicklime.cli.run.Interruption;
import dev.quicklime.cli.run.OutputFolder;
import dev.quicklime.cli.run.Pictures;
import dev.quicklime.report.profile.ResultFile;
import dev.quicklime.spark.QuicklimeSpark;
import dev.quicklime.spark.run.JobFailure;
import dev.quicklime.spark.run.RunPlanner;
import dev.quicklime.spark.shipping.FileShipping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code profile} as a job: the same options, and the same folder of results but for
 * times and provenance. The folder is of the driver's file system, so that the job is to run in
 * client mode or with a folder that outlives the driver.
 */
@Command(
    name = "profile",
    description = {
      "Says how many samples a faithful explanation needs, as quicklime profile does, with the"
          + " executors of an application.",
      "Pictures, model, labels and label map may be paths of the driver or URIs of any file system"
          + " that Spark knows. The results grow in OUT/profile.csv, of the driver's file system; a"
          + " profile that was interrupted goes on from there when it is started again with the"
          + " same options."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    usageHelpWidth = 100)
public final class ProfileJob implements Callable<Integer> {

  private static final String LABEL_MAP = "--label-map";

  @Spec private CommandSpec spec;

  @Mixin private final ProfileFlags flags = new ProfileFlags();

  /** A job that has yet to be given its options. */
  public ProfileJob() {
    // picocli fills in the rest.
  }

  @Override
  public Integer call() throws IOException {
    ProfileFlags.settle(spec);
    if (FileShipping.isElsewhere(flags.out().toString())) {
      throw new InvalidInputException(
          "--out must be a folder of the driver's file system, got %s: copy it there afterwards"
              .formatted(flags.out()));
    }
    SparkContext context =
        SparkSession.builder().appName("quicklime profile").getOrCreate().sparkContext();
    RunPlanner planner = QuicklimeSpark.planner(context);
    fetchLabelMap(planner);
    ProfilePlan plan = flags.plan();
    if (plan.pictures().isEmpty()) {
      plan =
          plan.with(
              new SparkPictures(context.hadoopConfiguration())
                  .of(flags.named(), Pictures.told(spec.commandLine(), false)));
    }
    OutputFolder.at(flags.out());
    ProfileFolder folder = new ProfileFolder(flags.out(), flags.settings(plan));
    folder.requireSame();
    try (Interruption interruption = Interruption.guard()) {
      return measure(context, planner, plan, folder, interruption);
    }
  }

  /** So that the driver can read it as the executors will. */
  private void fetchLabelMap(RunPlanner planner) {
    OptionSpec option = spec.findOption(LABEL_MAP);
    if (!option.originalStringValues().isEmpty()) {
      option.setValue(planner.local(LABEL_MAP, option.originalStringValues().getLast()));
    }
  }

  private int measure(
      SparkContext context,
      RunPlanner planner,
      ProfilePlan plan,
      ProfileFolder folder,
      Interruption interruption)
      throws IOException {
    List<Exception> failures;
    ResultFile results = null;
    OpeningWork.Opened opened;
    try {
      Map.Entry<String, ProfilePicture> first = plan.pictures().entrySet().iterator().next();
      ProfileSpec shipped =
          OptionsOfProfile.of(spec.commandLine().getParseResult())
              .spec(words -> planner.plan(words, () -> bytes(first.getValue())));
      opened = opened(context, shipped, first);
      results = folder.begin(plan);
      failures = new SparkProfile(context, shipped, plan, results, opened.batch()).measure();
    } catch (CancellationException e) {
      return interrupted(folder, results);
    } catch (RuntimeException | IOException e) {
      if (interruption.ending()) {
        return interrupted(folder, results);
      }
      throw e;
    }
    ObjectNode provenance = new JsonMapper().readValue(opened.provenance(), ObjectNode.class);
    folder.show(plan, results, provenance, spec.commandLine().getOut());
    int code = ExitCode.OK;
    for (Exception failure : failures) {
      code = Math.max(code, Failures.configured().report(failure, spec.commandLine()));
    }
    return code;
  }

  /** What a number format is chosen by; nothing of a picture that cannot be read. */
  private static Optional<byte[]> bytes(ProfilePicture first) {
    try {
      return Optional.of(SparkPictures.bytes(first));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  private static OpeningWork.Opened opened(
      SparkContext context, ProfileSpec shipped, Map.Entry<String, ProfilePicture> first) {
    List<OpeningWork.Opened> opened = new ArrayList<>();
    try {
      ShippedPicture picture;
      try {
        picture = SparkPictures.ship(first.getKey(), first.getValue());
      } catch (InvalidInputException e) {
        picture = ShippedPicture.of(first.getKey(), new byte[0]);
      }
      TaskJob.run(context, List.of(picture), new OpeningWork(shipped), opened::add);
    } catch (Exception e) {
      throw JobFailure.told(e);
    }
    return opened.getFirst();
  }

  private int interrupted(ProfileFolder folder, @Nullable ResultFile results) {
    if (results != null) {
      folder.tellHowToGoOn(results, spec.commandLine().getErr());
    }
    return Failures.INTERRUPTED;
  }
}
