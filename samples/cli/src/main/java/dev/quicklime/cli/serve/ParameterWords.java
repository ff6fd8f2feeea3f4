package dev.quicklime.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Turns the parameters of a request into words of a command line: {@code {"samples": 500}} is
 * {@code --samples 500}, {@code {"blur_sigma": 5}} is {@code --blur-sigma 5}, a list has its
 * elements with commas between them, and what is switched on is {@code true}.
 */
final class ParameterWords {

  private static final Pattern OPTION = Pattern.compile("--([a-z][a-z0-9-]*)");
  private static final String FIELD = "parameters.";

  private final CommandSpec spec;
  private final Set<String> refused;
  private final UnaryOperator<String> commas;

  /**
   * For the options of a command.
   *
   * @param refused options that a client has no business with
   * @param commas says in other words what has commas of its own within a list
   */
  ParameterWords(CommandSpec spec, Set<String> refused, UnaryOperator<String> commas) {
    this.spec = spec;
    this.refused = refused;
    this.commas = commas;
  }

  /**
   * The words.
   *
   * @throws InvalidInputException if a name is no option, or its value none that an option can have
   */
  String[] of(ObjectNode parameters) {
    List<String> args = new ArrayList<>();
    parameters.properties().forEach(named -> add(args, named.getKey(), named.getValue()));
    return args.toArray(String[]::new);
  }

  private void add(List<String> args, String name, JsonNode value) {
    String option = "--" + name.replace('_', '-');
    OptionSpec known = spec.findOption(option);
    if (known == null) {
      throw new InvalidInputException(
          FIELD
              + name
              + " is no option of an explanation; there are "
              + String.join(", ", names()));
    }
    if (refused.contains(option)) {
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

  private List<String> names() {
    return spec.optionsMap().keySet().stream()
        .filter(option -> option.startsWith("--") && !refused.contains(option))
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
        parts.add(part.contains(",") ? commas.apply(part) : part);
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
  static String words(String message, ObjectNode parameters) {
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
