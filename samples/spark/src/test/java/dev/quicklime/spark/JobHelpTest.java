package dev.quicklime.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.help.GroupedHelp;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.spark.job.SparkMain;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/** The help of jobs is in groups, as that of the command line is. */
class JobHelpTest {

  private static CommandLine job(String name) {
    return Objects.requireNonNull(SparkMain.commandLine().getSubcommands().get(name));
  }

  private static List<String> headings(String help) {
    return help.lines().filter(line -> line.matches("[A-Z][a-z ]+:")).toList();
  }

  @Test
  void shouldShowTheGroupsOfExplainAndThatOfTasks() {
    String help = job("explain").getUsageMessage(Ansi.OFF);
    assertEquals(
        List.of(
            "Most used:",
            "Input:",
            "Superpixels:",
            "Samples:",
            "Model:",
            "Surrogate:",
            "Tasks:",
            "Output:",
            "Help:"),
        headings(help));
    String common = help.substring(help.indexOf("Most used:"), help.indexOf("\nInput:"));
    for (String option : List.of("--input=", "--output=", "--model=", "--samples=")) {
      assertTrue(common.contains(option), option + " in " + common);
    }
    String tasks = help.substring(help.indexOf("Tasks:"), help.indexOf("\nOutput:"));
    assertTrue(tasks.contains("--shard") && tasks.contains("--pictures-per-task"), tasks);
  }

  @ParameterizedTest
  @ValueSource(strings = {"explain", "profile"})
  void shouldLeaveNoOptionOutsideTheGroups(String name) {
    CommandLine job = job(name);
    Map<HelpGroup, List<OptionSpec>> groups = GroupedHelp.groups(job.getCommandSpec());
    assertFalse(groups.containsKey(HelpGroup.PLAIN), name + ": " + groups.get(HelpGroup.PLAIN));
    assertEquals(
        job.getCommandSpec().options().stream().filter(option -> !option.hidden()).count(),
        groups.values().stream().mapToLong(List::size).sum(),
        name);
    job.getUsageMessage(Ansi.OFF)
        .lines()
        .forEach(line -> assertTrue(line.length() <= 100, () -> name + ": " + line));
  }
}
