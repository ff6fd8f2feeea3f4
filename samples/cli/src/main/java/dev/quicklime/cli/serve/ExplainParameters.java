package dev.quicklime.cli.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.options.ExplainWords;
import dev.quicklime.cli.options.ModelFlags;
import dev.quicklime.cli.options.Settings;
import dev.quicklime.model.Labels;
import dev.quicklime.serve.model.OptionReader;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;

/** Reads the parameters of requests by the very options of {@code explain}. */
final class ExplainParameters implements OptionReader {

  /** What concerns the service itself, or files that a client has no business with. */
  private static final Set<String> REFUSED = refused();

  private final Labels labels;
  private final Remembered<Asked> remembered = new Remembered<>();

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
    return remembered.of(parameters.toString(), () -> parse(parameters));
  }

  private Asked parse(ObjectNode parameters) {
    String[] words =
        new ParameterWords(
                ExplainWords.spec(), REFUSED, name -> Integer.toString(labels.relied().index(name)))
            .of(parameters);
    try {
      Settings.Manner manner = ExplainWords.manner(List.of(words), labels);
      return new Asked(manner.options(), manner.show());
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          ParameterWords.words(String.valueOf(e.getMessage()), parameters), e);
    }
  }
}
