package dev.quicklime.cli.profile;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.Environment;
import dev.quicklime.InvalidInputException;
import dev.quicklime.Versions;
import dev.quicklime.internal.file.HiddenFolder;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.report.profile.ProfilePage;
import dev.quicklime.report.profile.ProfileSummary;
import dev.quicklime.report.profile.ProfileText;
import dev.quicklime.report.profile.ResultFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Where results of a profile grow, beside the settings that they were measured with.
 *
 * @param folder of both; it need not be there
 * @param settings that decide the results
 */
public record ProfileFolder(Path folder, ObjectNode settings) {

  private static final String RESULTS = "profile.csv";

  /** What results depend on; other results are not mixed in. */
  private static final String SETTINGS = "profile-settings.json";

  public ProfileFolder {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(settings, "settings");
  }

  /**
   * Refuses to mix results with those of other settings.
   *
   * @throws InvalidInputException if the folder has results of others
   */
  public void requireSame() throws IOException {
    Path kept = folder.resolve(SETTINGS);
    if (!ResultFile.isEmpty(results())
        && !(Files.exists(kept) && Files.readString(kept).equals(text()))) {
      throw new InvalidInputException(
          "--out must be a new folder, or that of a profile with the same options to go on with,"
              + " got one of other options: "
              + folder);
    }
  }

  /** Writes the settings, and opens the results or begins them. */
  public ResultFile begin(ProfilePlan plan) throws IOException {
    Files.createDirectories(folder);
    try (HiddenFolder hidden = HiddenFolder.in(folder)) {
      Files.writeString(hidden.path().resolve(SETTINGS), text());
      hidden.publishInto(folder);
    }
    return ResultFile.open(results(), plan.references(), plan.linesOfSeed());
  }

  /** Says, where something was measured, that it is not lost. */
  public void tellHowToGoOn(ResultFile results, PrintWriter err) {
    if (!results.lines().isEmpty()) {
      err.println("quicklime: interrupted; the same command goes on from " + results());
      err.flush();
    }
  }

  /**
   * Writes charts and page of what there is, and says what it comes to; nothing where there is
   * nothing to show.
   *
   * @param provenance of the results
   * @param text receives what the results come to, and where the page is
   */
  public void show(ProfilePlan plan, ResultFile results, ObjectNode provenance, PrintWriter text)
      throws IOException {
    ProfileSummary summary =
        ProfileSummary.of(results.lines(), List.copyOf(plan.designs().keySet()), plan.error());
    if (summary.points().isEmpty()) {
      return;
    }
    try (HiddenFolder hidden = HiddenFolder.in(folder)) {
      new ProfilePage(summary, settings, provenance).write(hidden.path());
      hidden.publishInto(folder);
    }
    ProfileText.print(summary, text);
    text.println(folder.resolve("profile.html"));
    text.flush();
  }

  /**
   * What results were computed by: this process.
   *
   * @param model that scored
   */
  public static ObjectNode provenance(ClassifierInfo model) {
    JsonMapper mapper = new JsonMapper();
    ObjectNode node = mapper.createObjectNode();
    node.set("model", mapper.valueToTree(model));
    node.put("cpu", Environment.cpu());
    node.put("kernels", Environment.kernels());
    node.set("versions", mapper.valueToTree(new TreeMap<>(Versions.all())));
    return node;
  }

  private Path results() {
    return folder.resolve(RESULTS);
  }

  private String text() throws IOException {
    return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(settings) + "\n";
  }
}
