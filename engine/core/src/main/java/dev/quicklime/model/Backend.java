package dev.quicklime.model;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What runs model files of some formats. Backends are found on the class path by {@link
 * ServiceLoader}, so that the explainer knows none of them: whoever adds a library adds its
 * formats. Implementations have a public constructor without arguments that loads nothing.
 */
public interface Backend {

  /** What messages call it, for instance {@code libtorch}. */
  String name();

  /**
   * Whether a file is one of its formats, as far as name and content tell. It loads no native code
   * and throws nothing; a file that is not there is told by its name.
   */
  boolean recognises(Path model);

  /**
   * Opens a model file with the input and the labels that the card beside it names.
   *
   * @param how changes the options that follow from the card, for instance the device
   * @throws InvalidInputException if there is no such file, or if the options contradict it
   * @throws QuicklimeException if it is no model, if its card contradicts it, or if the device is
   *     not there
   */
  OpenedModel open(Path model, UnaryOperator<ModelOptions> how);

  /**
   * The backend of a model file. Where only one is on the class path it is that one, whose own
   * messages say best what is wrong with a file.
   *
   * @throws InvalidInputException if there is none, or if several are there and none of them
   *     recognises the file
   */
  static Backend of(Path model) {
    Objects.requireNonNull(model, "model");
    List<Backend> all =
        ServiceLoader.load(Backend.class).stream().map(ServiceLoader.Provider::get).toList();
    return choose(all, model);
  }

  private static Backend choose(List<Backend> all, Path model) {
    if (all.isEmpty()) {
      throw new InvalidInputException(
          ("model files need a library that runs them, got none for %s: add quicklime-torch (.pt,"
                  + " .pt2) or quicklime-onnx (.onnx) to the class path")
              .formatted(model));
    }
    if (all.size() == 1) {
      return all.getFirst();
    }
    return all.stream()
        .filter(backend -> backend.recognises(model))
        .findFirst()
        .orElseThrow(() -> new InvalidInputException(unrecognised(all, model)));
  }

  private static String unrecognised(List<Backend> all, Path model) {
    ModelFileKind kind = ModelFileKind.of(model);
    String wanted =
        "a file of " + all.stream().map(Backend::name).collect(Collectors.joining(" or "));
    return kind.unknown()
        ? "model %s must be %s, got one that none of them recognises".formatted(model, wanted)
        : kind.instead(model, wanted);
  }
}
