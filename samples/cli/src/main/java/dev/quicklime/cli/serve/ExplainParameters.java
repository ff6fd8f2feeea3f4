package dev.quicklime.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.options.ModelFlags;
import dev.quicklime.cli.options.Settings;
import dev.quicklime.model.Labels;
import dev.quicklime.serve.model.OptionReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Reads the parameters of requests by the very options of {@code explain}: {@code {"samples": 500}}
 * is {@code --samples 500}, {@code {"blur_sigma": 5}} is {@code --blur-sigma 5}, a list has its
 * elements with commas between them, and what is switched on is {@code true}.
 */
final class ExplainParameters implements OptionReader {

  /** Reading the same again and again would take more time than needed. */
  private static final int KEPT = 256;

  private static final Pattern OPTION = Pattern.compile("--([a-z][a-z0-9-]*)");
  private static final String FIELD = "parameters.";

  /** What concerns the service itself, or files that a client has no business with. */
  private static final Set<String> REFUSED = refused();

  private final Labels labels;
  private final Map<String, Asked> kept =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Asked> eldest) {
              return size() > KEPT;
            }
          });

  /** The options of {@code explain}, and nothing to run. */
  @Command(name = "explain", sortOptions = false)
  private static final class Parsed {
    @Spec private CommandSpec spec;

    @Mixin private final Settings settings = new Settings();

    Settings.Manner manner(Labels labels) {
      return settings.manner(spec, labels);
    }
  }

  /**
   * Reads options for a model.
   *
   * @param labels names of its classes
   */
  ExplainParameters(Labels labels) {
    this.labels = labels;
  }

  private static Set<String> refused() {
    Set<String> names =
        new TreeSet<>(CommandSpec.forAnnotatedObject(new ModelFlags()).optionsMap().keySet());
    names.addAll(Set.of("--label-map", "--list-presets", "--max-pixels"));
    return Collections.unmodifiableSet(names);
  }

  @Override
  public Asked read(ObjectNode parameters) {
    String text = parameters.toString();
    Asked known = kept.get(text);
    if (known != null) {
      return known;
    }
    Asked read = parse(parameters);
    kept.put(text, read);
    return read;
  }

  private Asked parse(ObjectNode parameters) {
    Parsed parsed = new Parsed();
    CommandLine command = new CommandLine(parsed).setExpandAtFiles(false);
    List<String> args = new ArrayList<>();
    parameters
        .properties()
        .forEach(named -> add(args, command.getCommandSpec(), named.getKey(), named.getValue()));
    try {
      command.parseArgs(args.toArray(String[]::new));
      Settings.Manner manner = parsed.manner(labels);
      return new Asked(manner.options(), manner.show());
    } catch (ParameterException | InvalidInputException e) {
      throw new InvalidInputException(words(String.valueOf(e.getMessage()), parameters), e);
    }
  }

  private void add(List<String> args, CommandSpec spec, String name, JsonNode value) {
    String option = "--" + name.replace('_', '-');
    OptionSpec known = spec.findOption(option);
    if (known == null) {
      throw new InvalidInputException(
          FIELD
              + name
              + " is no option of an explanation; there are "
              + String.join(", ", names(spec)));
    }
    if (REFUSED.contains(option)) {
      throw new InvalidInputException(
          FIELD + name + " cannot be set by a request: it is for whoever starts the service");
    }
    if (value.isNull()) {
      return;
    }
    if (known.arity().max() == 0) {
      if (!value.isBoolean()) {
        throw new InvalidInputException(FIELD + name + " must be true or false, got " + value);
      }
      if (value.asBoolean()) {
        args.add(option);
      }
      return;
    }
    // One word, so that a negative number is not taken for an option.
    args.add(option + "=" + text(name, value));
  }

  private static List<String> names(CommandSpec spec) {
    return spec.optionsMap().keySet().stream()
        .filter(option -> option.startsWith("--") && !REFUSED.contains(option))
        .map(option -> option.substring(2))
        .sorted()
        .toList();
  }

  private String text(String name, JsonNode value) {
    if (value.isArray() && !value.isEmpty()) {
      List<String> parts = new ArrayList<>();
      for (JsonNode one : value) {
        String part = scalar(name, one);
        // A name may have commas of its own.
        parts.add(part.contains(",") ? Integer.toString(labels.relied().index(part)) : part);
      }
      return String.join(",", parts);
    }
    return scalar(name, value);
  }

  private static String scalar(String name, JsonNode value) {
    if (value.isTextual()) {
      return value.asText();
    }
    if (value.isNumber()) {
      return value.isIntegralNumber() ? value.asText() : value.decimalValue().toPlainString();
    }
    throw new InvalidInputException(
        FIELD + name + " must be a number, a text or a list of those, got " + value);
  }

  /** The command line's words for options become those of a request, as it wrote them. */
  private static String words(String message, ObjectNode parameters) {
    String line = message.lines().findFirst().orElse("");
    return OPTION
        .matcher(line)
        .replaceAll(
            found -> {
              String name = found.group(1);
              return FIELD + (parameters.has(name) ? name : name.replace('-', '_'));
            });
  }
}
