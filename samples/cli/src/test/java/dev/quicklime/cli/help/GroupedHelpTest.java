package dev.quicklime.cli.help;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.Main;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

class GroupedHelpTest {

  private static Stream<CommandLine> all(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(GroupedHelpTest::all));
  }

  private static CommandLine command(String name) {
    return Objects.requireNonNull(Main.commandLine().getSubcommands().get(name));
  }

  /** Names that stand at the beginning of a line, where an option is described. */
  private static List<String> described(String help) {
    return help.lines()
        .filter(line -> line.matches(" {2,6}-.*"))
        .map(line -> line.strip().split("(?<=\\S)(\\s{2,}|=|\\[)", 2)[0])
        .flatMap(names -> Arrays.stream(names.split(", ", -1)))
        .map(name -> name.split("[ =\\[]", 2)[0])
        .toList();
  }

  @Test
  void shouldListEveryOptionOfEveryCommandOnceAndInOneGroup() {
    List<CommandLine> commands = all(Main.commandLine()).toList();
    assertTrue(commands.size() > 15, commands.size() + " commands");
    for (CommandLine command : commands) {
      String name = command.getCommandSpec().qualifiedName();
      List<OptionSpec> shown =
          command.getCommandSpec().options().stream().filter(option -> !option.hidden()).toList();
      Map<HelpGroup, List<OptionSpec>> groups = GroupedHelp.groups(command.getCommandSpec());
      List<OptionSpec> grouped = groups.values().stream().flatMap(List::stream).toList();
      assertEquals(shown.size(), grouped.size(), name);
      assertTrue(grouped.containsAll(shown), name);
      List<String> described = new ArrayList<>(described(command.getUsageMessage(Ansi.OFF)));
      for (OptionSpec option : shown) {
        for (String spelling : option.names()) {
          assertTrue(described.remove(spelling), name + " " + spelling + " of " + described);
        }
      }
      assertEquals(List.of(), described, name);
    }
  }

  @Test
  void shouldLeaveNoOptionOfACommandWithGroupsOutsideThem() {
    for (CommandLine command : all(Main.commandLine()).toList()) {
      Map<HelpGroup, List<OptionSpec>> groups = GroupedHelp.groups(command.getCommandSpec());
      if (groups.keySet().stream().anyMatch(g -> g != HelpGroup.PLAIN && g != HelpGroup.HELP)) {
        assertFalse(
            groups.containsKey(HelpGroup.PLAIN),
            command.getCommandName() + ": " + groups.get(HelpGroup.PLAIN));
      }
    }
  }

  @Test
  void shouldShowTheMostUsedOfExplainFirst() {
    String help = command("explain").getUsageMessage(Ansi.OFF);
    List<String> headings = help.lines().filter(line -> line.matches("[A-Z][a-z ]+:")).toList();
    assertEquals(
        List.of(
            "Most used:",
            "Input:",
            "Superpixels:",
            "Samples:",
            "Model:",
            "Surrogate:",
            "Output:",
            "Help:"),
        headings);
    List<String> common =
        described(help.substring(help.indexOf("Most used:"), help.indexOf("Input:")));
    assertTrue(common.containsAll(List.of("--model", "--samples", "--preset")), common.toString());
  }

  @Test
  void shouldKeepWithinTheWidthOfItsCommand() {
    for (CommandLine command : all(Main.commandLine()).toList()) {
      command
          .getUsageMessage(Ansi.OFF)
          .lines()
          .forEach(
              line ->
                  assertTrue(
                      line.length() <= Math.max(command.getUsageHelpWidth(), 100), () -> line));
    }
  }

  @Test
  void shouldBeColouredOnlyWhereItIsAskedFor() {
    assertFalse(command("explain").getUsageMessage(Ansi.OFF).contains("\u001b"));
    assertTrue(command("explain").getUsageMessage(Ansi.ON).contains("\u001b[1mModel:"));
  }
}
