package dev.quicklime.cli.help;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command's help whose options stand in groups, each under a heading. A command that has groups
 * of picocli's own keeps those.
 */
public final class GroupedHelp extends Help {

  /**
   * The help of a command.
   *
   * @param colors how it is coloured, if at all
   */
  public GroupedHelp(CommandSpec command, ColorScheme colors) {
    super(Objects.requireNonNull(command, "command"), Objects.requireNonNull(colors, "colors"));
  }

  /** The options that are shown, by group, in the order of both. */
  public static Map<HelpGroup, List<OptionSpec>> groups(CommandSpec command) {
    Map<HelpGroup, List<OptionSpec>> groups = new EnumMap<>(HelpGroup.class);
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        groups.computeIfAbsent(group(option), _ -> new ArrayList<>()).add(option);
      }
    }
    return groups;
  }

  @Override
  public String optionList() {
    Map<HelpGroup, List<OptionSpec>> groups = groups(commandSpec());
    if (!commandSpec().argGroups().isEmpty() || groups.size() < 2) {
      return super.optionList();
    }
    StringBuilder text = new StringBuilder();
    groups.forEach(
        (group, options) ->
            text.append(createHeading("%n@|bold " + group.heading() + ":|@%n"))
                .append(optionListExcludingGroups(options)));
    return text.toString();
  }

  private static HelpGroup group(OptionSpec option) {
    if (option.usageHelp() || option.versionHelp()) {
      return HelpGroup.HELP;
    }
    Object declared = option.userObject();
    InGroup said = declared instanceof AnnotatedElement field ? of(field) : null;
    if (said == null && declared instanceof Member member) {
      said = of(member.getDeclaringClass());
    }
    return said == null ? HelpGroup.PLAIN : said.value();
  }

  private static @Nullable InGroup of(AnnotatedElement element) {
    return element.getAnnotation(InGroup.class);
  }
}
